// SPDX-License-Identifier: MIT
#include "helper/normalizer/ApplicationId.h"

#include <QByteArray>
#include <QTest>
#include <cstring>
#include <random>
#include <string>
#include <vector>

using namespace lunaris;

namespace
{

const QByteArray containerId("3f1c0e9d8b7a6958473625140f0e1d2c3b4a59687786a5b4c3d2e1f001122334");
const QByteArray otherId("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
const QByteArray uuid("1b4e28ba-2fa1-41d2-883f-0016d3cca427");

/// Where the user manager of a person keeps what she starts.
const QByteArray manager("/user.slice/user-1000.slice/user@1000.service");

QByteArray applicationIn(const QByteArray &path)
{
    return QByteArray::fromStdString(applicationIdOf(path.toStdString()));
}

} // namespace

class ApplicationIdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void desktopApplications_data();
    void desktopApplications() { compare(); }
    void snaps_data();
    void snaps() { compare(); }
    void services_data();
    void services() { compare(); }
    void containers_data();
    void containers() { compare(); }
    void namesThatNameNothing_data();
    void namesThatNameNothing() { compare(); }
    void escapes_data();
    void escapes() { compare(); }
    void namesOfAnyLength();
    void anythingMayBeAPath();

private:
    static void expect(const char *title, const QByteArray &path, const QByteArray &application);
    static void columns();
    static void compare();
};

void ApplicationIdTest::columns()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("application");
}

void ApplicationIdTest::expect(const char *title, const QByteArray &path, const QByteArray &application)
{
    QTest::newRow(title) << path << application;
}

void ApplicationIdTest::compare()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, application);
    QCOMPARE(applicationIn(path), application);
}

void ApplicationIdTest::desktopApplications_data()
{
    columns();
    const QByteArray apps = manager + "/app.slice/";
    expect("GNOME", apps + "app-gnome-org.gnome.TextEditor-1234.scope", "org.gnome.TextEditor");
    expect("GNOME, no dots", apps + "app-gnome-firefox-4711.scope", "firefox");
    expect("GNOME, a dash", apps + "app-gnome-firefox\\x2desr-4711.scope", "firefox-esr");
    expect("GLib", apps + "app-glib-spice\\x2dvdagent-1839.scope", "spice-vdagent");
    expect("GNOME, a web application", apps + "app-gnome-org.gnome.Epiphany.WebApp_0f3a-88.scope",
           "org.gnome.Epiphany.WebApp_0f3a");
    expect("GNOME, several dashes", apps + "app-gnome-org.gnome.Evolution\\x2dalarm\\x2dnotify-2437.scope",
           "org.gnome.Evolution-alarm-notify");
    expect("GNOME, autostart", apps + "app-gnome-org.gnome.SettingsDaemon.DiskUtilityNotify-1834.scope",
           "org.gnome.SettingsDaemon.DiskUtilityNotify");
    expect("COSMIC", apps + "app-cosmic-com.system76.CosmicEdit-9182.scope", "com.system76.CosmicEdit");
    expect("Plasma, a scope", apps + "app-org.kde.dolphin-5c8e7d6f.scope", "org.kde.dolphin");
    expect("Plasma, a service", apps + "app-org.kde.kate@7d1a5b1e2c3f4a5d9e8f.service", "org.kde.kate");
    expect("Plasma, autostart", apps + "app-org.kde.kate@autostart.service", "org.kde.kate");
    expect("Plasma, old name", apps + "app-org.kde.konsole-6a7b.scope/tab(7001).scope", "org.kde.konsole");
    expect("autostart of systemd", apps + "app-gnome\\x2dkeyring\\x2dpkcs11@autostart.service",
           "gnome-keyring-pkcs11");
    expect("Sway", apps + "app-sway-foot-31337.scope", "foot");
    expect("uwsm, a scope", apps + "app-Hyprland-firefox-a1b2c3d4.scope", "firefox");
    expect("uwsm, a service", apps + "app-Hyprland-org.mozilla.Thunderbird@a1b2c3d4.service",
           "org.mozilla.Thunderbird");
    expect("no random part", apps + "app-org.kde.amarok.service", "org.kde.amarok");
    expect("no random part in a scope", apps + "app-firefox.scope", "firefox");
    expect("a launcher, no random part", apps + "app-gnome-org.gnome.Evince.service", "org.gnome.Evince");
    expect("no launcher, a dash that is not escaped", apps + "app-org.example.my-editor-12.scope",
           "org.example.my-editor");
    expect("ends in desktop", apps + "app-flatpak-org.telegram.desktop-12345.scope", "org.telegram.desktop");
    expect("Flatpak", apps + "app-flatpak-org.mozilla.firefox-99.scope", "org.mozilla.firefox");
    expect("Flatpak, a service", apps + "app-flatpak-org.videolan.VLC@12345.service", "org.videolan.VLC");
    expect("Flatpak before 1.10", manager + "/flatpak-org.gnome.Builder-2301.scope", "org.gnome.Builder");
    expect("GNOME before 3.38", manager + "/gnome-launched-org.gnome.Nautilus.desktop-2345.scope",
           "org.gnome.Nautilus");
    expect("activated by a message bus",
           apps + "app-dbus\\x2d:1.2\\x2dorg.gnome.Maps.slice/dbus-:1.2-org.gnome.Maps@0.service",
           "org.gnome.Maps");
    expect("activated, a dash", apps + "dbus-:1.17-ca.desrt.dconf\\x2deditor@3.service",
           "ca.desrt.dconf-editor");
    expect("activated by the system's bus",
           "/system.slice/system-dbus\\x2d:1.1\\x2dorg.freedesktop.problems.slice/"
           "dbus-:1.1-org.freedesktop.problems@0.service",
           "org.freedesktop.problems");
    expect("a shell in a terminal", apps + "app-org.gnome.Terminal.slice/vte-spawn-" + uuid + ".scope",
           "org.gnome.Terminal");
    expect("cgroups of its own", apps + "app-gnome-org.example.Browser-5.scope/renderers/7",
           "org.example.Browser");
    expect("version 1, another user", "/user.slice/user-4242.slice/user@4242.service/app-gnome-gimp-7.scope",
           "gimp");
    expect("seen from another namespace", "/../../app.slice/app-gnome-org.gnome.Maps-3.scope",
           "org.gnome.Maps");
}

void ApplicationIdTest::snaps_data()
{
    columns();
    const QByteArray apps = manager + "/app.slice/";
    expect("an application", apps + "snap.firefox.firefox-" + uuid + ".scope", "snap.firefox.firefox");
    expect("before snapd 2.61", apps + "snap.firefox.firefox." + uuid + ".scope", "snap.firefox.firefox");
    expect("dashes", apps + "snap.code-insiders.url-handler-" + uuid + ".scope",
           "snap.code-insiders.url-handler");
    expect("installed twice", apps + "snap.gimp_beta.gimp-" + uuid + ".scope", "snap.gimp_beta.gimp");
    expect("a hook", "/system.slice/snap.lxd.hook.configure-" + uuid + ".scope", "snap.lxd.hook.configure");
    expect("a service", "/system.slice/snap.lxd.daemon.service", "snap.lxd.daemon");
    expect("a service of a user", apps + "snap.snapd-desktop-integration.daemon.service",
           "snap.snapd-desktop-integration.daemon");
    expect("escaped", apps + "snap.a\\x2bb.c-" + uuid + ".scope", "snap.a+b.c");
    expect("no random part", apps + "snap.something.scope", "snap.something");
    expect("almost a UUID", apps + "snap.a.b-1b4e28ba-2fa1-41d2-883f-0016d3cca42g.scope",
           "snap.a.b-1b4e28ba-2fa1-41d2-883f-0016d3cca42g");
    expect("no name", apps + "snap..scope", "");
}

void ApplicationIdTest::services_data()
{
    columns();
    expect("of the system", "/system.slice/sshd.service", "sshd.service");
    expect("a template's", "/system.slice/system-getty.slice/getty@tty1.service", "getty@.service");
    expect("instances that are addresses",
           "/system.slice/system-sshd.slice/sshd@0-192.0.2.1:22-192.0.2.9:53022.service", "sshd@.service");
    expect("PostgreSQL", "/system.slice/system-postgresql.slice/postgresql@15-main.service",
           "postgresql@.service");
    expect("an escaped name", "/system.slice/my\\x2ddaemon.service", "my\\x2ddaemon.service");
    expect("delegated", "/system.slice/systemd-udevd.service/udev", "systemd-udevd.service");
    expect("of a user", manager + "/session.slice/pipewire.service", "pipewire.service");
    expect("GNOME's shell", manager + "/session.slice/org.gnome.Shell@wayland.service",
           "org.gnome.Shell@.service");
    expect("in an application's slice",
           manager + "/app.slice/app-org.gnome.Terminal.slice/gnome-terminal-server.service",
           "gnome-terminal-server.service");
    expect("in the background", manager + "/background.slice/plasma-baloorunner.service",
           "plasma-baloorunner.service");
    expect("one that a person named so", "/system.slice/run-backups.service", "run-backups.service");
    expect("its name is that of a controller's file", "/system.slice/_cpu.service", "cpu.service");
    expect("for a user, but not her manager", "/system.slice/user-runtime-dir@1000.service",
           "user-runtime-dir@.service");
    expect("outside of any slice", "/docker.service", "docker.service");
}

void ApplicationIdTest::containers_data()
{
    columns();
    expect("Docker", "/system.slice/docker-" + containerId + ".scope", containerId);
    expect("Docker without systemd", "/docker/" + containerId, containerId);
    expect("Docker, rootless", manager + "/app.slice/docker-" + containerId + ".scope", containerId);
    expect("Podman", "/machine.slice/libpod-" + containerId + ".scope", containerId);
    expect("Podman, its own cgroup", "/machine.slice/libpod-" + containerId + ".scope/container",
           containerId);
    expect("Podman, rootless", manager + "/user.slice/libpod-" + containerId + ".scope/container",
           containerId);
    expect("Podman, a pod",
           "/machine.slice/machine-libpod_pod_" + otherId + ".slice/libpod-" + containerId + ".scope",
           containerId);
    expect("Podman, in a service", "/system.slice/web.service/libpod-payload-" + containerId, containerId);
    expect("Podman, without systemd", "/libpod_parent/libpod-" + containerId, containerId);
    expect("Kubernetes with containerd",
           "/kubepods.slice/kubepods-besteffort.slice/"
           "kubepods-besteffort-pod0a1b2c3d_0011_2233_4455_66778899aabb.slice/cri-containerd-" +
               containerId + ".scope",
           containerId);
    expect("Kubernetes with CRI-O", "/kubepods.slice/kubepods-pod1.slice/crio-" + containerId + ".scope",
           containerId);
    expect("Kubernetes without systemd", "/kubepods/burstable/pod" + uuid + "/" + containerId, containerId);
    expect("nerdctl", "/system.slice/nerdctl-" + containerId + ".scope", containerId);
    expect("a whole system inside",
           "/machine.slice/libpod-" + containerId + ".scope/system.slice/sshd.service", containerId);
    expect("one in another", "/docker/" + containerId + "/docker/" + otherId, containerId);
    expect("LXC", "/lxc.payload.web1/init.scope", "web1");
    expect("LXC, old", "/lxc/web1/system.slice/cron.service", "web1");
    expect("nspawn", "/machine.slice/systemd-nspawn@bookworm.service/payload/system.slice/sshd.service",
           "bookworm");
    expect("machined", "/machine.slice/machine-bookworm.scope", "bookworm");
    expect("libvirt", "/machine.slice/machine-qemu\\x2d1\\x2ddebian12.scope/libvirt/emulator",
           "qemu-1-debian12");
}

void ApplicationIdTest::namesThatNameNothing_data()
{
    columns();
    expect("nothing", "", "");
    expect("the root", "/", "");
    expect("init", "/init.scope", "");
    expect("a login", "/user.slice/user-1000.slice/session-2.scope", "");
    expect("the login of a display manager", "/user.slice/user-117.slice/session-c1.scope", "");
    expect("a user manager", manager + "/init.scope", "");
    expect("a user manager, itself", manager, "");
    expect("systemd-run, a scope", manager + "/app.slice/run-rf00dcafe00112233445566778899aabb.scope", "");
    expect("systemd-run, a service", "/system.slice/run-u42.service", "");
    expect("systemd-run, newer", manager + "/app.slice/run-p4711-i4712.service", "");
    expect("systemd-run, by chance", "/system.slice/run-rf00dcafe00112233445566778899aabb.service", "");
    expect("a terminal without a slice", manager + "/app.slice/vte-spawn-" + uuid + ".scope", "");
    expect("the slice of a launcher", manager + "/app.slice/app-gnome.slice/some.scope", "");
    expect("slices only", "/system.slice", "");
    expect("a mount", "/system.slice/home-alex-data.mount", "");
    expect("elogind", "/2", "");
    expect("Podman's monitor", "/machine.slice/libpod-conmon-" + containerId + ".scope", "");
    expect("LXC's monitor", "/lxc.monitor.web1", "");
    expect("too short for a container", "/docker/" + containerId.left(63), "");
    expect("too long for a container", "/docker/" + containerId + "0", "");
    expect("capital letters", "/docker/" + containerId.toUpper(), "");
    expect("an id of nothing", manager + "/app.slice/app-.scope", "");
    expect("only a random part", manager + "/app.slice/app--1234.scope", "");
    expect("a service without a name", "/system.slice/.service", "");
    expect("a bus name without a name", manager + "/dbus-:1.2@0.service", "");
    expect("suffixes alone", "/.scope/.slice/.service", "");
    expect("slashes alone", "///////", "");
}

void ApplicationIdTest::escapes_data()
{
    columns();
    const auto scope = [](const QByteArray &id) { return manager + "/app-gnome-" + id + "-1.scope"; };
    expect("not hexadecimal", scope("a\\xzzb"), "a\\xzzb");
    expect("one digit", scope("a\\x2"), "a\\x2");
    expect("ends in a backslash", scope("a\\"), "a\\");
    expect("ends in an x", scope("a\\x"), "a\\x");
    expect("capital digits are not systemd's", scope("a\\x2D"), "a\\x2D");
    expect("a backslash", scope("a\\x5cx2d"), "a\\x2d");
    expect("a NUL", scope("a\\x00b"), "a\\x00b");
    expect("a path of an executable", scope("\\x2fusr\\x2fbin\\x2fpasswd"), "\\x2fusr\\x2fbin\\x2fpasswd");
    expect("a newline", scope("a\\x0ab"), "a\nb");
    expect("bytes", scope("caf\\xc3\\xa9"), "caf\xc3\xa9");
    expect("not UTF-8", scope("\\xff\xfe"), "\xff\xfe");
    expect("not UTF-8, not escaped", scope("\x80\xc3"), "\x80\xc3");
    expect("in a launcher", manager + "/app-my\\x2ddesktop-gimp-1.scope", "gimp");
}

void ApplicationIdTest::namesOfAnyLength()
{
    // A name in the tree has 255 bytes at most.
    const auto path = [](int length) {
        return QByteArray("/app-x-") + QByteArray(length - 15, 'a') + "-12.scope";
    };
    QCOMPARE(path(255).size(), 256);
    QCOMPARE(applicationIn(path(255)), QByteArray(240, 'a'));
    QCOMPARE(applicationIn(path(256)), QByteArray());
    for (const char *piece : {"a", "-", "/", "\\x2d", "app-", ".scope", "@", "/app-", "\xff", "run-p1-i"}) {
        const QByteArray filler = QByteArray(piece).repeated(64 * 1024 / int(strlen(piece)));
        QVERIFY(applicationIn(filler).size() <= 255);
        QVERIFY(applicationIn("/app-" + filler + ".scope").size() <= 255);
        QCOMPARE(applicationIn("/app-x-org.example.A-1.scope/" + filler), QByteArray("org.example.A"));
    }
}

void ApplicationIdTest::anythingMayBeAPath()
{
    const std::vector<std::string> pieces{"app-",
                                          "snap.",
                                          "dbus-:",
                                          "flatpak-",
                                          "gnome-launched-",
                                          "-",
                                          "@",
                                          ".scope",
                                          ".service",
                                          ".slice",
                                          "/",
                                          "\\x2f",
                                          "\\x",
                                          "lxc",
                                          ".",
                                          "machine-",
                                          "systemd-nspawn@",
                                          "payload",
                                          "run-",
                                          "p1-i",
                                          "_",
                                          std::string(64, 'a'),
                                          std::string(1, '\0'),
                                          "\xff",
                                          "x",
                                          ".desktop",
                                          uuid.toStdString(),
                                          "user@"};
    std::mt19937 random(3);
    std::size_t named = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string path = random() % 2 == 0 ? "/app-" : "/";
        for (std::size_t count = random() % 12; count > 0; --count) {
            path += pieces[random() % pieces.size()];
        }
        path += pieces[7 + random() % 3];
        const std::string application = applicationIdOf(path);
        QVERIFY(application.size() <= 255);
        QVERIFY(application.find('/') == std::string::npos);
        named += application.empty() ? 0 : 1;
    }
    QVERIFY(named > 20'000);
}

QTEST_GUILESS_MAIN(ApplicationIdTest)
#include "ApplicationIdTest.moc"
