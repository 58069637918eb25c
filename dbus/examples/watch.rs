// SPDX-License-Identifier: MIT
//! Prints what the caller's programs do on this machine, a line an event, until Ctrl-C.
//! Written for zbus 1.9 (Debian 12: cargo, librust-zbus-dev), with zvariant 2, zvariant_derive 2 and serde 1.
use std::collections::HashMap;

use serde::Deserialize;
use zbus::{Connection, Message};
use zvariant::Value;
use zvariant_derive::Type;

const NAME: &str = "org.lunaris.KernelMonitor1";
const PATH: &str = "/org/lunaris/KernelMonitor1";

/// (ttsuuussayuuxut): all of it has to be here, used or not.
#[allow(dead_code)]
#[derive(Debug, Deserialize, Type)]
struct Event {
    sequence: u64,
    time: u64,
    kind: String,
    pid: u32,
    ppid: u32,
    uid: u32,
    comm: String,
    application: String,
    subject: Vec<u8>,
    flags: u32,
    mode: u32,
    value: i64,
    attributes: u32,
    cgroup: u64,
}

type Batch = (u64, u64, Vec<Event>);

/// This zbus cannot ask for no reply; it is passed over below. One that can should.
fn acknowledge(bus: &Connection, id: u64, sequence: u64) -> zbus::Result<()> {
    let message = Message::method(bus.unique_name(), Some(NAME), PATH, Some(NAME), "Acknowledge", &(id, sequence))?;
    bus.send_message(message).map(drop)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bus = Connection::new_system()?;
    let mut options: HashMap<&str, Value> = HashMap::new();
    options.insert("scope", Value::from("own"));
    options.insert("backlog", Value::from(100u32));
    let reply = bus.call_method(Some(NAME), PATH, Some(NAME), "Subscribe", &options)?;
    let id: u64 = reply.body()?;
    eprintln!("Subscription {}.", id);
    loop {
        let message = bus.receive_message()?;
        match message.header()?.member()? {
            Some("Events") => {
                let (subscription, dropped, events): Batch = message.body()?;
                if subscription != id {
                    continue;
                }
                if dropped > 0 {
                    eprintln!("{} events were missed.", dropped);
                }
                for event in &events {
                    println!(
                        "{:.6} {} pid={} uid={} {} ({}) {:?}",
                        event.time as f64 / 1e6,
                        event.kind,
                        event.pid,
                        event.uid,
                        event.comm,
                        event.application,
                        String::from_utf8_lossy(&event.subject)
                    );
                }
                // Only when they are dealt with: who acknowledges too early gets more than it can take.
                if let Some(last) = events.last() {
                    acknowledge(&bus, id, last.sequence)?;
                }
            }
            Some("SubscriptionEnded") => {
                let (subscription, reason): (u64, String) = message.body()?;
                if subscription == id {
                    return Err(format!("The helper has ended the subscription: {}", reason).into());
                }
            }
            _ => {}
        }
    }
}
