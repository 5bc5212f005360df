#pragma once

#include "ui/look/noticeframe.h"
#include "ui/notices/toast.h"

#include <QVariantAnimation>

class QProgressBar;
class QPushButton;
class QToolButton;

namespace countermand {

class NoticeText;

/// One toast: severity edge, icon, bold headline, text, an action, close button; the toast of several orders also has
/// a bar and more actions. Made and owned by ToastStrip.
class ToastCard : public NoticeFrame
{
    Q_OBJECT

public:
    ToastCard(const QString &key, int number, QWidget *parent);

    const QString &key() const { return m_key; }
    int number() const { return m_number; }
    int revision() const { return m_revision; }
    /// Sets words and accessible name; the strip shows it afterwards, unless the content is quiet.
    void setContent(const ToastContent &content, int revision);
    /// It is about to be deleted: no name, no signal, so that a toast of the same number can take its place.
    void retire();
    /// The progress arc stands still.
    void setStill(bool still);
    /// The widgets that take focus, in order: the card, its action, its close button.
    QList<QWidget *> focusStops() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void actionRequested(countermand::ToastAction action);
    void closeRequested();

protected:
    QRect iconPlace() const override;
    qreal iconAngle() const override;
    void dress() override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QPushButton *makeAction();
    void showAction(QPushButton *button, ToastAction action);
    bool isBatch() const { return m_content.percentDone >= 0 || !m_content.moreActions.isEmpty(); }
    int textWidth(int width) const;
    void place();
    void updateArc();

    QString m_key;
    int m_number;
    int m_revision = 0;
    int m_announced = -1;
    ToastContent m_content;
    NoticeText *m_text;
    QPushButton *m_action;
    QList<QPushButton *> m_more;
    QProgressBar *m_bar;
    QToolButton *m_close;
    QVariantAnimation m_arc;
    bool m_still = false;
    bool m_pressed = false;
};

} // namespace countermand
