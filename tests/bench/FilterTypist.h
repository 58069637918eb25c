// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_BENCH_FILTERTYPIST_H
#define LUNARIS_TESTS_BENCH_FILTERTYPIST_H

#include <QObject>
#include <QString>
#include <QTimer>

class QQuickWindow;

namespace lunaris::test
{

/// A person who types one filter after the other into the window, key by key, with a rest between them, and
/// for as long as another page than Live is shown.
class FilterTypist : public QObject
{
    Q_OBJECT

public:
    /// `window` must outlive it.
    explicit FilterTypist(QQuickWindow *window);

    void start() { m_rest.start(); }
    void stop();
    bool isTyping() const { return m_rest.isActive() || isPressing(); }
    /// Whether a filter has been begun and is not whole.
    bool isPressing() const { return m_keys.isActive(); }

    /// How many filters were begun.
    std::size_t begun() const { return m_begun; }

private:
    void begin();
    void press();

    QQuickWindow *const m_window;
    QTimer m_rest;
    QTimer m_keys;
    QString m_left; // to be typed
    std::size_t m_begun = 0;
};

} // namespace lunaris::test

#endif
