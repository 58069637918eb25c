// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_OCSFFORMAT_H
#define LUNARIS_APP_FORMAT_OCSFFORMAT_H

#include "app/format/EventFormat.h"

#include <QJsonObject>

namespace lunaris
{

/// The Open Cybersecurity Schema Framework, version 1.3.0, a JSON object a line: File System Activity
/// (1001), Process Activity (1007), Network Activity (4001, with the host profile). An event that lacks what
/// its class requires, such as the name of the file, cannot be said.
class OcsfFormat final : public EventFormat
{
public:
    explicit OcsfFormat(FormatSettings settings);

    std::optional<std::string> line(const MonitorEvent &event) override;

private:
    QJsonObject actor(const MonitorEvent &event) const;
    QJsonObject user(const MonitorEvent &event) const;
    QJsonObject process(const MonitorEvent &event) const;
    QJsonObject device() const;
    QJsonObject ownEndpoint(qint64 port) const;
    bool addFile(QJsonObject &to, const MonitorEvent &event) const;
    bool addProcess(QJsonObject &to, const MonitorEvent &event) const;
    bool addConnection(QJsonObject &to, const MonitorEvent &event) const;
    /// Under the key that the schema has for a name of that form.
    void addHost(QJsonObject &to) const;

    const FormatSettings m_settings;
};

} // namespace lunaris

#endif
