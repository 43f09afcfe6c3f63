// Messages through std::sync::mpsc, from threads to a thread.
//
//   mpsc <bounded|unbounded> <producers> <count>
//
// Prints the sum of the messages received, and messages a second.
use std::env;
use std::sync::mpsc::{channel, sync_channel, Receiver};
use std::thread;
use std::time::Instant;

const CAPACITY: usize = 1024;

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let producers: u64 = arguments[2].parse().expect("a number of producers");
    let count: u64 = arguments[3].parse().expect("a number of messages");
    let start = Instant::now();
    let sum = if arguments[1] == "bounded" { bounded(producers, count) } else { unbounded(producers, count) };
    println!("{} {:.0}", sum, count as f64 / start.elapsed().as_secs_f64());
}

fn bounded(producers: u64, count: u64) -> u64 {
    let (sender, receiver) = sync_channel::<u64>(CAPACITY);
    for producer in 0..producers {
        let sender = sender.clone();
        let share = count / producers;
        thread::spawn(move || (producer * share..(producer + 1) * share).for_each(|n| sender.send(n).unwrap()));
    }
    drop(sender);
    sum(receiver)
}

fn unbounded(producers: u64, count: u64) -> u64 {
    let (sender, receiver) = channel::<u64>();
    for producer in 0..producers {
        let sender = sender.clone();
        let share = count / producers;
        thread::spawn(move || (producer * share..(producer + 1) * share).for_each(|n| sender.send(n).unwrap()));
    }
    drop(sender);
    sum(receiver)
}

fn sum(receiver: Receiver<u64>) -> u64 {
    receiver.iter().sum()
}
