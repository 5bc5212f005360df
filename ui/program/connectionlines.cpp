#include "ui/program/connectionlines.h"

#include "exchange/endpoint.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

#include <QCoreApplication>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ConnectionLines", text, nullptr, n);
}

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
        lines.append({TestMark::Failed, insecure ? tr("Connection not secure: %1").arg(reasonText(*found.error))
                                                 : tr("CoinW not reached: %1").arg(reasonText(*found.error))});
        return lines;
    }
    lines.append({TestMark::Passed, tr("Reached CoinW")});
    if (endpoint.baseUrl.scheme() == "https"_L1)
        lines.append({TestMark::Passed, tr("Secure connection")});
    else
        lines.append({TestMark::Info, tr("Plain connection inside this computer")});
    if (found.error) {
        lines.append({TestMark::Failed, found.error->kind == ApiError::Kind::Unauthorized
                                            ? tr("Key refused (%1)").arg(reasonText(*found.error))
                                            : tr("Refused (%1)").arg(reasonText(*found.error))});
    } else {
        lines.append({TestMark::Passed, tr("Key accepted")});
    }
    if (found.clockOffset && std::chrono::abs(*found.clockOffset) >= clockWarning) {
        const double seconds = double(found.clockOffset->count()) / 1000;
        lines.append({TestMark::Info, tr("Clock differs by %1 s").arg(seconds, 0, 'f', 1)});
    }
    if (found.openOrders)
        lines.append(
            {TestMark::Info, *found.openOrders == 1 ? tr("1 open order") : tr("%n open orders", *found.openOrders)});
    return lines;
}

} // namespace countermand
