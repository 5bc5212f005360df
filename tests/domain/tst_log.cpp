#include "domain/log.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestLog : public QObject
{
    Q_OBJECT

private slots:
    void quietUnlessAskedFor();
};

void TestLog::quietUnlessAskedFor()
{
    QStringList names;
    for (const auto *category : {&netLog(), &feedLog(), &cancelLog(), &keychainLog(), &journalLog()}) {
        names.append(QString::fromLatin1(category->categoryName()));
        QVERIFY2(!category->isDebugEnabled() && !category->isInfoEnabled(), category->categoryName());
        QVERIFY2(category->isWarningEnabled(), category->categoryName());
    }
    QCOMPARE(names.join(u' '), u"countermand.net countermand.feed countermand.cancel countermand.keychain "
                               "countermand.journal"_s);
    QLoggingCategory::setFilterRules(u"countermand.feed.debug=true"_s);
    QVERIFY(feedLog().isDebugEnabled());
    QVERIFY(!netLog().isDebugEnabled());
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
