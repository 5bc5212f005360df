#include "exchange/signature.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace countermand {

QByteArray signedText(const ApiRequest &request, const QByteArray &timestamp)
{
    return timestamp + request.method() + request.signedTarget() + request.body;
}

QByteArray hmacBase64(const QByteArray &text, const Credentials &credentials)
{
    return QMessageAuthenticationCode::hash(text, credentials.secret(), QCryptographicHash::Sha256).toBase64();
}

SignedHeaders sign(const ApiRequest &request, const Credentials &credentials, std::chrono::milliseconds time)
{
    const QByteArray timestamp = QByteArray::number(qint64(time.count()));
    return {credentials.key(), timestamp, hmacBase64(signedText(request, timestamp), credentials)};
}

} // namespace countermand
