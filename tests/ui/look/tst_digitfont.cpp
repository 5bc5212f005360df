#include "ui/look/digitfont.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

/// DigitFont stand below each other in every font, and stay in that font.
class TestDigitFont : public QObject
{
    Q_OBJECT

private slots:
    void numbersOfOneLengthAreEquallyWide_data();
    void numbersOfOneLengthAreEquallyWide();
    void drawsWhatItMeasures_data() { numbersOfOneLengthAreEquallyWide_data(); }
    void drawsWhatItMeasures();

private:
    /// A font of this computer whose digits differ; the plain one where there is none.
    static QFont uneven()
    {
        const QFont plain;
        for (const QString &family : QFontDatabase::families()) {
            QFont font(family, 11);
            if (!DigitFont(font).areEven() && QFontInfo(font).family() == family)
                return font;
        }
        return plain;
    }
};

void TestDigitFont::numbersOfOneLengthAreEquallyWide_data()
{
    QTest::addColumn<QFont>("font");
    QTest::newRow("even") << QFont(u"DejaVu Sans"_s, 11);
    QTest::newRow("uneven") << uneven();
    QFont heavy = uneven();
    heavy.setWeight(QFont::DemiBold);
    QTest::newRow("uneven, heavy") << heavy;
}

void TestDigitFont::numbersOfOneLengthAreEquallyWide()
{
    QFETCH(const QFont, font);
    const DigitFont digits(font);
    QCOMPARE(digits.font(), font);
    const qreal width = digits.width(u"1,111.11 / 1,111"_s);
    for (const QString &text : {u"8,888.88 / 8,888"_s, u"1,234.56 / 7,890"_s, u"4,004.40 / 4,747"_s})
        QVERIFY2(qAbs(digits.width(text) - width) < 0.01, qPrintable(text));
    QCOMPARE(digits.width({}), 0);
    QVERIFY(digits.width(u"Market"_s) > 0);
}

void TestDigitFont::drawsWhatItMeasures()
{
    QFETCH(const QFont, font);
    const DigitFont digits(font);
    for (const QString &text : {u"8,888.88"_s, u"1,111.11"_s, u"−0.47 %"_s, u"3 of 5 cont."_s}) {
        QImage image(300, 60, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setPen(Qt::black);
        digits.draw(&painter, {20, 10}, text);
        painter.end();
        int first = image.width();
        int last = -1;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).lightness() < 200) {
                    first = std::min(first, x);
                    last = std::max(last, x);
                }
            }
        }
        QVERIFY2(first >= 19 && last <= 20 + digits.width(text) + 1, qPrintable(text));
        QVERIFY2(last >= 20 + digits.width(text) * 0.7, qPrintable(text));
    }
}

QTEST_MAIN(TestDigitFont)
#include "tst_digitfont.moc"
