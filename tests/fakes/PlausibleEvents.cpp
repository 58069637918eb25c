// SPDX-License-Identifier: MIT
#include "tests/fakes/PlausibleEvents.h"

#include "dbus/Names.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace lunaris::test
{

namespace
{

struct Sample {
    const char *comm;
    quint32 pid;
    const char *path; // # becomes a number
    quint32 attributes;
    int weight;
};

constexpr std::array<Sample, 22> samples = {{
    {"firefox", 3120,
     "/home/ada/.mozilla/firefox/x7k2.default/storage/default/https+++docs.kernel.org/cache/morgue/#/"
     "{ab#}.final",
     0, 5},
    {"firefox", 3120, "/home/ada/.mozilla/firefox/x7k2.default/places.sqlite-wal", 0, 3},
    {"Isolated Web Co", 3384, "/home/ada/.cache/mozilla/firefox/x7k2.default/cache2/entries/9F#E",
     CreatedFile, 4},
    {"code", 4211, "/home/ada/src/lunaris/helper/normalizer/Rules.cpp", 0, 3},
    {"rg", 20417, "/home/ada/src/lunaris/tests/unit/NormalizerTest#.cpp", 0, 9},
    {"clangd", 4302, "/home/ada/src/lunaris/.cache/clangd/index/EventListModel.cpp.#.idx", 0, 4},
    {"git", 20533, "/home/ada/src/lunaris/.git/objects/pack/pack-5b0c#f.idx", 0, 4},
    {"git", 20533, "/home/ada/src/lunaris/.git/index", 0, 2},
    {"tracker-miner-f", 2244, "/home/ada/Documents/Reports/2024/Quarter 3/figures-#.ods", 0, 3},
    {"gnome-shell", 1987, "/home/ada/.local/share/gnome-shell/application_state", 0, 1},
    {"dconf-service", 2101, "/home/ada/.config/dconf/user", 0, 1},
    {"cc1plus", 20611, "/home/ada/src/lunaris/build/dev/helper/source/BpfSource.cpp.o", CreatedFile, 3},
    {"ninja", 20598, "/home/ada/src/lunaris/build/dev/.ninja_log", 0, 2},
    {"libreoffice", 7790, "/home/ada/Documents/Überweisungen/März – Größe #.odt", 0, 2},
    {"python3", 8123, "/home/ada/data/measurements/run-#/samples.parquet", 0, 3},
    {"cp", 20702, "/home/ada/Backup/old\xff\xfename-#.tar", 0, 1},
    {"bash", 9001, "/home/ada/tmp/line\nbreak-#", 0, 1},
    {"postgres", 1203, "/var/lib/postgresql/15/main/base/16384/2619#", 0, 2},
    {"journald", 402, "/var/log/journal/6c1f/system.journal", 0, 1},
    {"sort", 20755, "/home/ada/.cache/sortw#", DeletedFile, 1},
    {"node", 9120, "ules/webpack/node_modules/schema-utils/node_modules/ajv/dist/compile/codegen/scope-#.js",
     TruncatedPath, 1},
    {"podman", 9455, "/app/config/settings.d/#.yaml", ForeignMountNamespace, 1},
}};

int totalWeight()
{
    int sum = 0;
    for (const Sample &sample : samples) {
        sum += sample.weight;
    }
    return sum;
}

} // namespace

int PlausibleEvents::pick(std::size_t below)
{
    return static_cast<int>(m_random() % below);
}

MonitorEventList PlausibleEvents::make(qsizetype count, quint64 time)
{
    static const int weights = totalWeight();
    MonitorEventList events;
    events.reserve(count);
    for (qsizetype made = 0; made < count; ++made) {
        int weight = pick(static_cast<std::size_t>(weights));
        auto sample = samples.cbegin();
        for (; weight >= sample->weight; ++sample) {
            weight -= sample->weight;
        }
        time += static_cast<quint64>(pick(900) + 1);
        MonitorEvent event;
        event.time = time;
        event.type = dbus::type::fileOpened;
        event.pid = sample->pid;
        event.parentPid = 1;
        event.uid = sample->pid < 1500 ? 0 : getuid();
        event.comm = QString::fromUtf8(sample->comm);
        event.application = QStringLiteral("org.example.") + event.comm.section(QLatin1Char(' '), 0, 0);
        event.subject = QByteArray(sample->path).replace('#', QByteArray::number(pick(m_names)));
        event.mode = 0100644;
        event.value = pick(64);
        event.attributes = sample->attributes;
        event.cgroup = 1;
        events.append(event);
    }
    return events;
}

MonitorEventList PlausibleEvents::mixed(qsizetype count, quint64 time)
{
    MonitorEventList events = make(count, time);
    for (MonitorEvent &event : events) {
        event.flags = (event.attributes & CreatedFile) != 0 ? O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
                                                            : O_RDONLY | O_CLOEXEC;
        const bool plain = event.attributes == 0 || event.attributes == CreatedFile;
        switch (plain ? pick(16) : 15) {
        case 0:
            event.type = dbus::type::fileOpenFailed;
            event.value = pick(3) == 0 ? -EACCES : -ENOENT;
            event.attributes = event.mode = 0;
            break;
        case 1:
        case 2:
            event.type = dbus::type::fileWritten;
            event.value = 512 * (pick(4000) + 1);
            event.attributes = event.flags = 0;
            break;
        case 3:
        case 4:
            event.type = pick(2) == 0 ? dbus::type::processStarted : dbus::type::processExited;
            event.subject = "/usr/bin/" + event.comm.toUtf8().replace(' ', '-');
            event.value = event.type == dbus::type::processExited
                              ? std::array{0, 0, 1, -15}[static_cast<std::size_t>(pick(4))]
                              : 0;
            event.attributes = event.flags = 0;
            break;
        case 5:
            event.type = dbus::type::networkConnect;
            event.subject = "203.0.113." + QByteArray::number(pick(250) + 1) + ":443";
            event.value = 32768 + pick(28000);
            event.attributes = event.flags = event.mode = 0;
            break;
        default:
            break;
        }
    }
    return events;
}

} // namespace lunaris::test
