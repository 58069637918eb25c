// SPDX-License-Identifier: MIT
#include "tests/unit/OcsfFacts.h"

#include <QJsonArray>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>
#include <cmath>
#include <utility>

namespace lunaris::test
{

namespace
{

/// An object of the schema: "name:type" of its attributes, "!" before what is required, "|" before those of
/// which at least one is. Types: s(tring), i(nteger, 32 bits), l(ong), h(ostname), ip, p(ort), t(ime),
/// [s] strings, * anything, e enumeration of that name, else an object.
const QMap<QString, const char *> objects = {
    {QStringLiteral("1001"),
     "!activity_id:i !actor:actor !category_uid:i !class_uid:i !device:device !file:file !metadata:metadata "
     "!severity_id:e_severity !time:t !type_uid:l activity_name:s category_name:s class_name:s severity:s "
     "status:s status_code:s status_detail:s status_id:e_status type_name:s unmapped:*"},
    {QStringLiteral("1007"),
     "!activity_id:i !actor:actor !category_uid:i !class_uid:i !device:device !metadata:metadata "
     "!process:process !severity_id:e_severity !time:t !type_uid:l activity_name:s category_name:s "
     "class_name:s exit_code:i severity:s status:s status_id:e_status type_name:s unmapped:*"},
    {QStringLiteral("4001"),
     "!activity_id:i !category_uid:i !class_uid:i !dst_endpoint:endpoint !metadata:metadata "
     "!severity_id:e_severity !time:t !type_uid:l activity_name:s actor:actor category_name:s class_name:s "
     "connection_info:connection device:device severity:s src_endpoint:endpoint status:s status_id:e_status "
     "type_name:s unmapped:*"},
    {QStringLiteral("metadata"), "!product:product !version:s profiles:[s]"},
    {QStringLiteral("product"), "!vendor_name:s |name:s |uid:s version:s"},
    {QStringLiteral("actor"), "|process:process |user:user |app_name:s |app_uid:s"},
    {QStringLiteral("process"), "|pid:i |uid:s file:file name:s parent_process:process user:user"},
    {QStringLiteral("user"), "|name:s |uid:s"},
    {QStringLiteral("file"), "!name:s !type_id:e_file path:s type:s ext:s"},
    {QStringLiteral("device"), "!type_id:e_device |name:s |hostname:h |ip:ip os:os"},
    {QStringLiteral("os"), "!name:s !type_id:e_os build:s type:s version:s"},
    {QStringLiteral("endpoint"), "|ip:ip |name:s |hostname:h port:p"},
    {QStringLiteral("connection"),
     "!direction_id:e_direction direction:s protocol_name:s protocol_num:i protocol_ver_id:e_ip"},
};

/// Captions of the values; an attribute with a sibling has to have the caption there.
const QMap<QString, QMap<int, const char *>> enumerations = {
    {QStringLiteral("e_severity"),
     {{0, "Unknown"},
      {1, "Informational"},
      {2, "Low"},
      {3, "Medium"},
      {4, "High"},
      {5, "Critical"},
      {6, "Fatal"}}},
    {QStringLiteral("e_status"), {{0, "Unknown"}, {1, "Success"}, {2, "Failure"}}},
    {QStringLiteral("e_file"),
     {{0, "Unknown"},
      {1, "Regular File"},
      {2, "Folder"},
      {3, "Character Device"},
      {4, "Block Device"},
      {5, "Local Socket"},
      {6, "Named Pipe"},
      {7, "Symbolic Link"}}},
    {QStringLiteral("e_device"), {{0, "Unknown"}, {1, "Server"}, {2, "Desktop"}, {3, "Laptop"}}},
    {QStringLiteral("e_os"), {{0, "Unknown"}, {200, "Linux"}}},
    {QStringLiteral("e_direction"), {{0, "Unknown"}, {1, "Inbound"}, {2, "Outbound"}, {3, "Lateral"}}},
    {QStringLiteral("e_ip"), {{0, ""}, {4, ""}, {6, ""}}},
};

struct ClassFacts {
    const char *caption;
    int category;
    const char *categoryCaption;
    QMap<int, const char *> activities;
};

const QMap<int, ClassFacts> classes = {
    {1001,
     {"File System Activity",
      1,
      "System Activity",
      {{1, "Create"}, {2, "Read"}, {3, "Update"}, {14, "Open"}}}},
    {1007, {"Process Activity", 1, "System Activity", {{1, "Launch"}, {2, "Terminate"}}}},
    {4001, {"Network Activity", 4, "Network Activity", {{1, "Open"}, {2, "Close"}, {4, "Fail"}}}},
};

bool isWhole(const QJsonValue &value, double least, double most)
{
    const double number = value.toDouble();
    return value.isDouble() && std::floor(number) == number && number >= least && number <= most;
}

bool matches(const QJsonValue &value, const char *form, qsizetype longest)
{
    return value.isString() && value.toString().size() <= longest &&
           QRegularExpression(QString::fromLatin1(form)).match(value.toString()).hasMatch();
}

QString problemOf(const QString &object, const QJsonObject &value);

QString problemOf(const QString &type, const QJsonValue &value)
{
    const auto unless = [&type](bool good) { return good ? QString() : QStringLiteral(": no ") + type; };
    constexpr double int32 = 2147483647;
    constexpr double int64 = 9223372036854775807.0;
    if (type == QLatin1String("*")) {
        return {};
    }
    if (type == QLatin1String("s")) {
        return unless(value.isString() && value.toString().size() <= 65535);
    }
    if (type == QLatin1String("i")) {
        return unless(isWhole(value, -int32, int32));
    }
    if (type == QLatin1String("l") || type == QLatin1String("t")) {
        return unless(isWhole(value, 0, int64));
    }
    if (type == QLatin1String("p")) {
        return unless(isWhole(value, 0, 65535));
    }
    if (type == QLatin1String("ip")) {
        return unless(matches(value, "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$", 40));
    }
    if (type == QLatin1String("h")) {
        return unless(matches(
            value, "^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$",
            65535));
    }
    if (type == QLatin1String("[s]")) {
        for (const QJsonValue &item : value.toArray()) {
            if (!item.isString()) {
                return unless(false);
            }
        }
        return unless(value.isArray());
    }
    if (type.startsWith(QLatin1String("e_"))) {
        return unless(value.isDouble() && enumerations[type].contains(value.toInt(-1)));
    }
    return value.isObject() ? problemOf(type, value.toObject()) : unless(false);
}

/// "type_id" has "type" beside it, "status_id" has "status".
QString problemOfSibling(const QString &name, const QString &type, const QJsonObject &object)
{
    if (!name.endsWith(QLatin1String("_id")) || !type.startsWith(QLatin1String("e_"))) {
        return {};
    }
    const QJsonValue sibling = object.value(name.chopped(3));
    const QString caption = QString::fromLatin1(enumerations[type].value(object.value(name).toInt()));
    return sibling.isUndefined() || sibling.toString() == caption
               ? QString()
               : QStringLiteral(": its caption is ") + caption;
}

QString problemOf(const QString &object, const QJsonObject &value)
{
    QMap<QString, QString> types;
    bool needsOne = false;
    bool hasOne = false;
    for (const QString &word : QString::fromLatin1(objects.value(object)).split(u' ')) {
        const QString attribute = word.mid(word.startsWith(u'!') || word.startsWith(u'|') ? 1 : 0);
        const QString name = attribute.section(u':', 0, 0);
        types.insert(name, attribute.section(u':', 1));
        if (word.startsWith(u'!') && !value.contains(name)) {
            return u'.' + name + QStringLiteral(" is required");
        }
        needsOne = needsOne || word.startsWith(u'|');
        hasOne = hasOne || (word.startsWith(u'|') && value.contains(name));
    }
    if (needsOne && !hasOne) {
        return QStringLiteral(": one of several attributes is required");
    }
    for (auto attribute = value.begin(); attribute != value.end(); ++attribute) {
        if (!types.contains(attribute.key())) {
            return u'.' + attribute.key() + QStringLiteral(" is unknown");
        }
        const QString type = types.value(attribute.key());
        QString problem = problemOf(type, attribute.value());
        if (problem.isEmpty()) {
            problem = problemOfSibling(attribute.key(), type, value);
        }
        if (!problem.isEmpty()) {
            return u'.' + attribute.key() + problem;
        }
    }
    return {};
}

} // namespace

QString problemByOcsf(const QJsonObject &event)
{
    const auto text = [&event](const char *name) { return event.value(QLatin1String(name)).toString(); };
    const auto number = [&event](const char *name) { return event.value(QLatin1String(name)).toInt(); };
    const auto facts = classes.constFind(number("class_uid"));
    if (facts == classes.constEnd()) {
        return QStringLiteral(".class_uid is unknown");
    }
    const QString problem = problemOf(QString::number(facts.key()), event);
    if (!problem.isEmpty()) {
        return problem;
    }
    const QString activity = QString::fromLatin1(facts->activities.value(number("activity_id"), ""));
    const QString caption = QString::fromLatin1(facts->caption);
    const std::pair<const char *, bool> rules[] = {
        {"activity_id", !activity.isEmpty()},
        {"activity_name", text("activity_name") == activity},
        {"class_name", text("class_name") == caption},
        {"category_uid", number("category_uid") == facts->category},
        {"category_name", text("category_name") == QLatin1String(facts->categoryCaption)},
        {"type_uid", number("type_uid") == facts.key() * 100 + number("activity_id")},
        {"type_name", text("type_name") == caption + QStringLiteral(": ") + activity},
    };
    for (const auto &[name, holds] : rules) {
        if (!holds) {
            return QStringLiteral(".%1 is wrong").arg(QLatin1String(name));
        }
    }
    const QJsonObject metadata = event.value(QStringLiteral("metadata")).toObject();
    if (metadata.value(QStringLiteral("version")).toString() != QLatin1String("1.3.0")) {
        return QStringLiteral(".metadata.version is wrong");
    }
    // Actor and device are the host profile's in this class.
    if (facts.key() == 4001 &&
        (event.contains(QStringLiteral("actor")) || event.contains(QStringLiteral("device"))) &&
        !metadata.value(QStringLiteral("profiles")).toArray().contains(QStringLiteral("host"))) {
        return QStringLiteral(".metadata.profiles lacks host");
    }
    return {};
}

} // namespace lunaris::test
