// SPDX-License-Identifier: MIT
#include "dbus/filter/EventView.h"

#include "proto/EventNames.h"

namespace lunaris::filter
{

EventView::EventView(const EventMembers &members)
{
    namespace type = proto::type;

    setText(Field::Type, members.type);
    setText(Field::Comm, members.comm);
    setText(Field::App, members.application);
    setNumber(Field::Pid, members.pid);
    setNumber(Field::Ppid, members.parentPid);
    setNumber(Field::Uid, members.uid);
    if (members.type == type::networkConnect || members.type == type::networkAccept) {
        setText(Field::Addr, members.subject);
        setNumber(Field::Port, members.value);
        return;
    }
    if (!members.subject.empty()) {
        setPath(members.subject);
    }
    const bool opened = members.type == type::fileOpened || members.type == type::fileOpenFailed;
    if (opened) {
        setNumber(Field::Flags, members.flags);
    }
    // Through io_uring a file can be opened without a descriptor: that -1 is no errno.
    const bool noDescriptor = members.type == type::fileOpened && members.value < 0;
    if ((opened && !noDescriptor) || members.type == type::processExited) {
        setNumber(Field::Result, members.value);
    }
    if (members.type == type::fileWritten) {
        setNumber(Field::Bytes, members.value);
    }
    if (members.mode != 0) {
        setNumber(Field::Mode, members.mode);
    }
}

void EventView::setPath(std::string_view path)
{
    setText(Field::Path, path);
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    setText(Field::Name, name);
    // What lies in the root directory lies in "/"; the rest of a path that was cut off may have no slash.
    setText(Field::Dir,
            slash == std::string_view::npos ? std::string_view() : path.substr(0, slash == 0 ? 1 : slash));
    // A dot at the beginning hides a file and is no extension.
    const std::size_t dot = name.rfind('.');
    setText(Field::Ext,
            dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot + 1));
}

} // namespace lunaris::filter
