#include "practice/practicegate.h"

#include "domain/credentials.h"
#include "domain/qtversions.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;

QByteArray practiceSignature(const PracticeRequest &request, const QByteArray &secret)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, secret);
    code.addData(request.timestamp);
    code.addData(request.verb);
    code.addData(request.path);
    if (!request.query.isEmpty()) {
        code.addData(QByteArrayLiteral("?"));
        code.addData(request.query);
    }
    // A GET signs no body.
    if (request.verb != "GET")
        code.addData(request.body);
    return code.result().toBase64();
}

std::optional<QDateTime> practiceTimestamp(const PracticeRequest &request)
{
    const bool digits = std::all_of(request.timestamp.cbegin(), request.timestamp.cend(),
                                    [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 milliseconds = request.timestamp.toLongLong(&fits);
    if (!digits || !fits)
        return std::nullopt;
    return QDateTime::fromMSecsSinceEpoch(milliseconds, inUtc);
}

std::optional<PracticeRefusal> practiceRefusal(const PracticeRequest &request, const Credentials &credentials)
{
    if (request.apiKey.isEmpty() || request.apiKey != credentials.key())
        return PracticeRefusal{6000, u"Invalid API key."_s};
    if (request.sign.isEmpty() || request.sign != practiceSignature(request, credentials.secret()))
        return PracticeRefusal{6001, u"Signature verification failed."_s};
    if (!practiceTimestamp(request))
        return PracticeRefusal{6001, u"Invalid timestamp."_s};
    return std::nullopt;
}

} // namespace countermand
