#include "ui/program/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct OptionWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::Options)
};

BadOptions bad(const QString &problem)
{
    return {u"countermand: "_s + problem};
}

/// Looks at the text alone: Qt's own reader of certificates wants a running application.
bool looksLikeCertificate(const QByteArray &pem)
{
    const qsizetype begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
    const qsizetype end = pem.indexOf("-----END CERTIFICATE-----", begin);
    if (begin < 0 || end < 0)
        return false;
    const QByteArray body =
        pem.mid(begin, end - begin).mid(pem.indexOf('\n', begin) - begin).simplified().replace(' ', "");
    const auto der = QByteArray::fromBase64Encoding(body, QByteArray::AbortOnBase64DecodingErrors);
    constexpr char asn1Sequence = 0x30;
    return der && (*der).startsWith(asn1Sequence);
}

std::optional<QString> caFileProblem(const QString &path)
{
    constexpr qint64 largest = qint64(16) * 1024 * 1024;
    QFile file(path);
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
        return OptionWords::tr("--ca-file: “%1” can't be read.").arg(path);
    if (!looksLikeCertificate(file.read(largest)))
        return OptionWords::tr("--ca-file: “%1” holds no certificate in PEM form.").arg(path);
    return {};
}

} // namespace

CommandLine readCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(OptionWords::tr("Order manager for CoinW perpetual futures."));
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    const QCommandLineOption practice(u"practice"_s,
                                      OptionWords::tr("Open the practice exchange inside the program; no network."));
    const QCommandLineOption baseUrl(
        u"base-url"_s,
        OptionWords::tr("Talk to this address instead of CoinW: https anywhere, http only to this computer."),
        u"URL"_s);
    const QCommandLineOption caFile(
        u"ca-file"_s, OptionWords::tr("Trust this certificate authority too; only together with --base-url."),
        u"FILE"_s);
    const QCommandLineOption dataDir(u"data-dir"_s,
                                     OptionWords::tr("Keep settings, journal and caches in this folder."), u"DIR"_s);
    const QCommandLineOption names(u"a11y-ids"_s,
                                   OptionWords::tr("Publish object names in accessible descriptions, for scripts."));
    const QCommandLineOption log(
        u"log"_s, OptionWords::tr("Write what the program does to this file; the last three of 2 MB each are kept."),
        u"FILE"_s);
    const QCommandLineOption allowCore(
        u"allow-core"_s,
        OptionWords::tr("For developers: allow core dumps and debuggers, which can see the secret key."));
    const QCommandLineOption selfCheck(u"self-check"_s,
                                       OptionWords::tr("Print what the program finds on this system, and end."));
    const QCommandLineOption version({u"v"_s, u"version"_s}, OptionWords::tr("Print the version, and end."));
    const QCommandLineOption help({u"h"_s, u"help"_s}, OptionWords::tr("Print this text, and end."));
    parser.addOptions({practice, baseUrl, caFile, dataDir, names, log, allowCore, selfCheck, version, help});

    if (!parser.parse(arguments))
        return bad(parser.errorText().simplified());
    if (!parser.positionalArguments().isEmpty())
        return bad(OptionWords::tr("Unexpected argument “%1”.").arg(parser.positionalArguments().constFirst()));
    if (parser.isSet(help))
        return TextAnswer{parser.helpText()};
    if (parser.isSet(version))
        return TextAnswer{u"countermand %1\n"_s.arg(QLatin1StringView(CM_VERSION))};

    Options options;
    options.practice = parser.isSet(practice);
    options.publishNames = parser.isSet(names);
    options.allowCore = parser.isSet(allowCore);
    options.dataFolder = parser.value(dataDir);
    options.caFile = parser.value(caFile);
    if (parser.isSet(dataDir) && options.dataFolder.isEmpty())
        return bad(OptionWords::tr("--data-dir needs a folder."));
    options.logFile = parser.value(log);
    if (parser.isSet(log) && options.logFile.isEmpty())
        return bad(OptionWords::tr("--log needs a file."));
    if (parser.isSet(baseUrl)) {
        if (options.practice)
            return bad(OptionWords::tr("--practice and --base-url exclude each other: practice uses no network."));
        QString problem;
        const auto endpoint = Endpoint::fromText(parser.value(baseUrl), &problem);
        if (!endpoint)
            return bad(u"--base-url: "_s + problem);
        options.endpoint = *endpoint;
    }
    if (parser.isSet(caFile)) {
        if (!parser.isSet(baseUrl))
            return bad(OptionWords::tr("--ca-file is for a test server: it needs --base-url."));
        if (options.endpoint.isCoinw())
            return bad(OptionWords::tr("--ca-file is refused for CoinW's own host."));
        if (const auto problem = caFileProblem(options.caFile))
            return bad(*problem);
    }
    if (parser.isSet(selfCheck))
        return SelfCheckWanted{};
    return options;
}

} // namespace countermand
