#pragma once

#include <QList>
#include <QListWidget>
#include <QString>

namespace countermand {

/// How one step of "Test connection" went.
enum class TestMark { Passed, Failed, Info };

struct TestLine {
    TestMark mark = TestMark::Info;
    /// "Reached CoinW", "Key refused (6001 …)".
    QString text;
};

/// The list of what a connection test found. As high as its lines; hidden without any.
class TestResults : public QListWidget
{
    Q_OBJECT

public:
    explicit TestResults(QWidget *parent);

    void showLines(const QList<TestLine> &lines);

signals:
    void heightChanged();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refreshIcons();
    void fitLines();

    QList<TestLine> m_lines;
};

} // namespace countermand
