// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_APPLICATIONID_H
#define LUNARIS_HELPER_NORMALIZER_APPLICATIONID_H

#include <string>
#include <string_view>

namespace lunaris
{

/// The application that a cgroup's path names, at most 255 bytes; empty when it names none.
///
///   a desktop application   its id: org.gnome.TextEditor, from app[-LAUNCHER]-ID-RANDOM.scope and
///                           app[-LAUNCHER]-ID[@RANDOM].service (systemd's "Desktop Environment
///                           Integration"), from older forms of the same, and from services that a
///                           message bus has started
///   a snap                  snap.NAME.APP, as snapd and AppArmor call it
///   a container, a machine  its id or name, whatever runs inside
///   another service         the name of its unit: sshd.service; of one instance of a template, that
///                           of the template: getty@.service
///
/// It never begins with a slash: it cannot be mistaken for the path of an executable. What it says is
/// what the owner of the cgroup has written there: a user may give his own programs any name.
std::string applicationIdOf(std::string_view cgroupPath);

} // namespace lunaris

#endif
