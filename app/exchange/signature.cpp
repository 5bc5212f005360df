#include "exchange/signature.h"

#include "domain/wipe.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace countermand {

namespace {

/// HMAC-SHA256 (RFC 2104). QMessageAuthenticationCode leaves the key, padded, in freed memory each time.
class Hmac
{
public:
    explicit Hmac(const QByteArray &secret)
    {
        if (secret.size() > qsizetype(m_pad.size())) {
            m_hash.addData(secret);
            take(m_hash.result());
        } else {
            take(secret);
        }
    }
    ~Hmac()
    {
        wipe(m_pad.data(), m_pad.size());
        // Its own block still holds what it was given last.
        start();
    }
    Hmac(const Hmac &) = delete;
    Hmac &operator=(const Hmac &) = delete;

    QByteArray of(const QByteArray &text)
    {
        constexpr char inside = 0x36;
        constexpr char outside = 0x5c;
        mix(inside);
        start();
        m_hash.addData(text);
        const QByteArray inner = m_hash.result();
        mix(inside ^ outside);
        start();
        m_hash.addData(inner);
        return m_hash.result();
    }

private:
    void take(QByteArrayView key) { std::copy(key.begin(), key.end(), m_pad.begin()); }
    void mix(char with)
    {
        for (char &c : m_pad)
            c = char(c ^ with);
    }
    void start()
    {
        m_hash.reset();
        m_hash.addData(QByteArrayView(m_pad.data(), qsizetype(m_pad.size())));
    }

    static constexpr std::size_t blockSize = 64;
    std::array<char, blockSize> m_pad{};
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

} // namespace

QByteArray signedText(const ApiRequest &request, const QByteArray &timestamp)
{
    return timestamp + request.method() + request.signedTarget() + request.body;
}

QByteArray hmacBase64(const QByteArray &text, const Credentials &credentials)
{
    return Hmac(credentials.secret()).of(text).toBase64();
}

SignedHeaders sign(const ApiRequest &request, const Credentials &credentials, std::chrono::milliseconds time)
{
    const QByteArray timestamp = QByteArray::number(qint64(time.count()));
    return {credentials.key(), timestamp, hmacBase64(signedText(request, timestamp), credentials)};
}

} // namespace countermand
