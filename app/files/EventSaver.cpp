// SPDX-License-Identifier: MIT
#include "app/files/EventSaver.h"

#include "app/capture/CaptureWriter.h"
#include "app/capture/PendingFile.h"
#include "app/format/DisplayText.h"
#include "app/format/EventExport.h"
#include "app/models/UserNames.h"

#include <QCoreApplication>
#include <QFile>
#include <cerrno>
#include <cstring>
#include <memory>

namespace lunaris
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EventSaver)
};

/// Where rows go, one after the other. What it returns is why it went wrong, or empty.
class Sink
{
public:
    virtual ~Sink() = default;
    virtual QString add(const StoredEvent &row) = 0;
    virtual QString finish(SaveResult &result) = 0;
};

class CaptureSink final : public Sink
{
public:
    explicit CaptureSink(std::unique_ptr<CaptureWriter> writer) : m_writer(std::move(writer)) {}

    QString add(const StoredEvent &row) override
    {
        if (row.kind() == EventChunk::Kind::Dropped) {
            flush();
            m_writer->add({}, static_cast<quint64>(row.value()));
        } else if (row.isEvent()) {
            m_waiting.append(row.event());
        }
        constexpr qsizetype atOnce = 500;
        return m_waiting.size() < atOnce ? QString() : flush();
    }

    QString finish(SaveResult &result) override
    {
        flush();
        result.events = m_events;
        m_writer->finish();
        return problem();
    }

private:
    QString flush()
    {
        m_writer->add(m_waiting, 0);
        m_events += static_cast<quint64>(m_waiting.size());
        m_waiting.clear();
        return problem();
    }

    QString problem() const { return m_writer->problem() ? translated(*m_writer->problem()) : QString(); }

    std::unique_ptr<CaptureWriter> m_writer;
    MonitorEventList m_waiting;
    quint64 m_events = 0;
};

class TextSink final : public Sink
{
public:
    TextSink(int fd, std::unique_ptr<EventFormat> format) : m_export(std::move(format))
    {
        m_file.open(fd, QIODevice::WriteOnly, QFileDevice::AutoCloseHandle);
    }

    QString add(const StoredEvent &row) override
    {
        if (row.isEvent()) {
            m_export.add(row.event());
        }
        return m_export.isFull() ? flush() : QString();
    }

    QString finish(SaveResult &result) override
    {
        QString problem = flush();
        result.events = m_export.said();
        result.unsayable = m_export.unsayable();
        if (problem.isEmpty() && !m_file.flush()) {
            problem = m_file.errorString();
        }
        m_file.close();
        return problem;
    }

private:
    QString flush()
    {
        const std::string text = m_export.take();
        const auto size = static_cast<qint64>(text.size());
        return m_file.write(text.data(), size) == size ? QString() : m_file.errorString();
    }

    QFile m_file;
    EventExport m_export;
};

QString lastError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

/// Null where there is a reason why not.
std::unique_ptr<Sink> makeSink(const SaveRequest &request, const PendingFile &pending, QString &why)
{
    if (request.format.isEmpty()) {
        auto made = CaptureWriter::create(pending.path(), request.facts);
        if (const auto *const problem = std::get_if<Sentence>(&made)) {
            why = translated(*problem);
            return nullptr;
        }
        return std::make_unique<CaptureSink>(std::move(std::get<std::unique_ptr<CaptureWriter>>(made)));
    }
    FormatSettings settings;
    settings.userName = UserNames::asFunction();
    settings.host = request.facts.host.toStdString();
    settings.kernelRelease = request.facts.kernelRelease.toStdString();
    std::unique_ptr<EventFormat> format = makeFormat(request.format, settings);
    if (!format) {
        why = Words::tr("there is no format “%1”").arg(request.format);
        return nullptr;
    }
    const int fd = PendingFile::create(pending.path());
    if (fd < 0) {
        why = lastError();
        return nullptr;
    }
    return std::make_unique<TextSink>(fd, std::move(format));
}

} // namespace

SaveResult saveEvents(const SaveRequest &request, BackgroundTask::Course &course)
{
    SaveResult result;
    PendingFile pending(request.file);
    QString why;
    const std::unique_ptr<Sink> sink = makeSink(request, pending, why);
    const quint64 count = request.numbers ? request.numbers->size() : request.rows.count();
    for (quint64 index = 0; index < count && why.isEmpty(); ++index) {
        constexpr quint64 someRows = 1024;
        if (index % someRows == 0) {
            if (course.isCancelled()) {
                return result;
            }
            course.setProgress(static_cast<double>(index) / static_cast<double>(count));
        }
        const quint64 number = request.numbers ? (*request.numbers)[index] : request.rows.first() + index;
        if (request.rows.contains(number)) {
            why = sink->add(request.rows.at(number));
        }
    }
    if (why.isEmpty()) {
        why = sink->finish(result);
    }
    if (why.isEmpty() && !course.isCancelled()) {
        why = pending.putInPlace();
    }
    if (!why.isEmpty()) {
        // Nobody has heard of the file that it was to be until it is whole.
        why.replace(pending.path(), request.file);
        result.problem = Words::tr("%1 cannot be written: %2").arg(request.file, why);
    }
    return result;
}

} // namespace lunaris
