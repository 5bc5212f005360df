#include "ui/program/connectionlines.h"

#include "exchange/endpoint.h"
#include "ui/look/plural.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

#include <QCoreApplication>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct LineWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::ConnectionLines)
};

constexpr auto clockWarning = 2s;

} // namespace

QList<TestLine> connectionLines(const ConnectionTest &found, const Endpoint &endpoint)
{
    QList<TestLine> lines;
    const bool refused = found.error && (found.error->kind == ApiError::Kind::Unauthorized ||
                                         found.error->kind == ApiError::Kind::Rejected ||
                                         found.error->kind == ApiError::Kind::Throttled);
    if (found.error && !refused) {
        const bool insecure = found.error->cause == ApiError::Cause::NotSecure;
        lines.append({TestMark::Failed, insecure
                                            ? LineWords::tr("Connection not secure: %1").arg(reasonText(*found.error))
                                            : LineWords::tr("CoinW not reached: %1").arg(reasonText(*found.error))});
        return lines;
    }
    lines.append({TestMark::Passed, LineWords::tr("Reached CoinW")});
    if (endpoint.baseUrl.scheme() == "https"_L1)
        lines.append({TestMark::Passed, LineWords::tr("Secure connection")});
    else
        lines.append({TestMark::Info, LineWords::tr("Plain connection inside this computer")});
    if (found.error) {
        lines.append({TestMark::Failed, found.error->kind == ApiError::Kind::Unauthorized
                                            ? LineWords::tr("Key refused (%1)").arg(reasonText(*found.error))
                                            : LineWords::tr("Refused (%1)").arg(reasonText(*found.error))});
    } else {
        lines.append({TestMark::Passed, LineWords::tr("Key accepted")});
    }
    if (found.clockOffset && std::chrono::abs(*found.clockOffset) >= clockWarning) {
        const double seconds = double(found.clockOffset->count()) / 1000;
        lines.append({TestMark::Info, LineWords::tr("Clock differs by %1 s").arg(seconds, 0, 'f', 1)});
    }
    if (found.openOrders)
        lines.append({TestMark::Info,
                      plural(*found.openOrders, LineWords::tr("1 open order"), LineWords::tr("%n open orders"))});
    return lines;
}

} // namespace countermand
