#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""watch.py [OPTION=VALUE…]: prints what happens on this machine, a line an event, until Ctrl-C.

The options are those of Subscribe, as in: watch.py scope=all types=file.opened,process.started backlog=100
Debian's package: python3-gi.
"""
import sys

from gi.repository import Gio, GLib

NAME = "org.lunaris.KernelMonitor1"
PATH = "/org/lunaris/KernelMonitor1"
MAY_ASK = Gio.DBusCallFlags.ALLOW_INTERACTIVE_AUTHORIZATION
FIVE_MINUTES = 310_000  # polkit may ask a person for a password

TYPES = {"scope": "s", "filter": "s", "backlog": "u", "max_rate": "u"}


def options(words):
    chosen = {}
    for key, value in (word.split("=", 1) for word in words):
        if key == "types":
            chosen[key] = GLib.Variant("as", value.split(","))
        else:
            chosen[key] = GLib.Variant(TYPES[key], int(value) if TYPES[key] == "u" else value)
    return chosen


class Watch:
    def __init__(self, chosen):
        self.loop = GLib.MainLoop()
        self.bus = Gio.bus_get_sync(Gio.BusType.SYSTEM)
        for signal, method in (("Events", self.on_events), ("SubscriptionEnded", self.on_ended)):
            self.bus.signal_subscribe(NAME, NAME, signal, PATH, None, Gio.DBusSignalFlags.NONE, method)
        self.problem = None
        reply = self.bus.call_sync(
            NAME, PATH, NAME, "Subscribe", GLib.Variant("(a{sv})", (chosen,)), GLib.VariantType("(t)"),
            MAY_ASK, FIVE_MINUTES,
        )
        self.id = reply.unpack()[0]
        Gio.bus_watch_name_on_connection(self.bus, NAME, Gio.BusNameWatcherFlags.NONE, None, self.on_gone)
        print(f"Subscription {self.id}.", file=sys.stderr)

    def run(self):
        self.loop.run()
        return self.problem

    def end(self, problem):
        self.problem = problem
        self.loop.quit()

    def on_events(self, _bus, _sender, _path, _interface, _signal, arguments):
        subscription, dropped, events = arguments.unpack()
        if subscription != self.id:
            return
        if dropped:
            print(f"{dropped} events were missed.", file=sys.stderr)
        for sequence, time, kind, pid, _ppid, uid, comm, application, subject, *_rest in events:
            path = bytes(subject).decode(errors="backslashreplace")
            print(f"{time / 1e6:.6f} {kind} pid={pid} uid={uid} {comm} ({application}) {path!r}", flush=True)
        if events:
            # Only when they are dealt with: who acknowledges too early gets more than it can take. No reply.
            acknowledge = Gio.DBusMessage.new_method_call(NAME, PATH, NAME, "Acknowledge")
            acknowledge.set_flags(Gio.DBusMessageFlags.NO_REPLY_EXPECTED)
            acknowledge.set_body(GLib.Variant("(tt)", (self.id, sequence)))
            self.bus.send_message(acknowledge, Gio.DBusSendMessageFlags.NONE)

    def on_ended(self, _bus, _sender, _path, _interface, _signal, arguments):
        subscription, reason = arguments.unpack()
        if subscription == self.id:
            self.end(f"The helper has ended the subscription: {reason}")

    def on_gone(self, _bus, _name):
        self.end("The helper has stopped, and the subscription with it.")


if __name__ == "__main__":
    try:
        sys.exit(Watch(options(sys.argv[1:])).run())
    except KeyboardInterrupt:
        pass
    except GLib.Error as error:
        # "org.lunaris.KernelMonitor1.Error.NotAuthorized", and a sentence that says what to do.
        print(Gio.dbus_error_get_remote_error(error), file=sys.stderr)
        Gio.dbus_error_strip_remote_error(error)
        sys.exit(error.message)
