//! The documents of bench/documents.ts.

use mongodb::bson::{Bson, DateTime, Document, doc, oid::ObjectId};

pub const DATABASE_NAME: &str = "mongo_motor_bench";

pub fn id_of(index: usize) -> ObjectId {
    ObjectId::parse_str(format!("66f0a1b2{index:016x}")).expect("24 hexadecimal digits")
}

pub fn index_of(id: ObjectId) -> usize {
    let [.., a, b, c, d] = id.bytes();
    u32::from_be_bytes([a, b, c, d]) as usize
}

pub fn email_of(index: usize) -> String {
    format!("customer.{index}@example.com")
}

/// The fields of the document at `index`, but for `_id`.
pub fn fields_of(index: usize) -> Document {
    doc! {
        "name": format!("Customer number {index}"),
        "email": email_of(index),
        "age": 18 + (index % 70) as i32,
        "active": index % 3 != 0,
        "balance": 1024.25 + index as f64,
        "createdAt": DateTime::from_millis(1_700_000_000_000 + index as i64 * 60_000),
        "tags": ["newsletter", "early-access", "priority"],
        "address": { "street": format!("{index} Long Acre"), "city": "London", "postcode": "WC2E 9LH" },
        "visits": index as i32 * 7,
        "referredBy": Bson::Null,
    }
}

pub const LARGE_ORDERS: usize = 1500;
const WORDS: &str = "The quick brown fox jumps over the lazy dog; späte Füchse zögern. ";

/// The fields of a document of a megabyte.
pub fn large_fields() -> Document {
    let chapter = |index: i32| doc! { "index": index, "text": WORDS.repeat(20) };
    let readings = |row: i32| {
        (0..50)
            .map(|column| whole_or_not(row, column))
            .collect::<Vec<_>>()
    };
    doc! {
        "title": "An archive of one year",
        "chapters": (0..200).map(chapter).collect::<Vec<_>>(),
        "readings": (0..200).map(readings).collect::<Vec<_>>(),
        "orders": (0..LARGE_ORDERS).map(fields_of).collect::<Vec<_>>(),
    }
}

/// The number in the type that JavaScript's drivers write it in.
fn whole_or_not(row: i32, column: i32) -> Bson {
    match column % 8 {
        0 => Bson::Int32(row + column / 8),
        _ => Bson::Double(f64::from(row) + f64::from(column) / 8.0),
    }
}

pub fn with_id(index: usize, fields: Document) -> Document {
    let mut document = doc! { "_id": id_of(index) };
    document.extend(fields);
    document
}
