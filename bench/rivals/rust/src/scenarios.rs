use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::TryStreamExt;
use mongodb::Collection;
use mongodb::bson::{Bson, Document, doc};

use crate::documents::{LARGE_ORDERS, email_of, fields_of, id_of, index_of, large_fields, with_id};
use crate::failure::{Result, fail};

const BULK_SIZE: usize = 1000;
const MIXED_SIZE: usize = 1000;

#[derive(Clone, Copy)]
pub enum Scenario {
    FindOne,
    InsertOne,
    Find(usize),
    Mixed,
    LargeDocument,
    BulkInsert,
}

pub enum Outcome {
    Found(Document),
    FoundAll(Vec<Document>),
    Inserted(Bson),
    InsertedAll,
    Updated(u64),
}

impl Scenario {
    pub fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "findOne" => Self::FindOne,
            "insertOne" => Self::InsertOne,
            "find10" => Self::Find(10),
            "find1000" => Self::Find(1000),
            "find10000" => Self::Find(10_000),
            "mixed" => Self::Mixed,
            "largeDocument" => Self::LargeDocument,
            "bulkInsert" => Self::BulkInsert,
            _ => return fail(format!("there is no scenario '{name}'")),
        })
    }

    /// The number of documents that a call inserts.
    pub fn inserts(self) -> usize {
        match self {
            Self::InsertOne => 1,
            Self::BulkInsert => BULK_SIZE,
            _ => 0,
        }
    }

    /// Looks at an outcome closely.
    pub fn verify(self, outcome: &Outcome) -> Result<()> {
        match (self, outcome) {
            (Self::LargeDocument, Outcome::Found(found)) => verify(found, 0, large_fields()),
            (Self::Mixed, Outcome::Found(found)) => verify_visited(found),
            (_, Outcome::Found(found)) => verify(found, 0, fields_of(0)),
            (_, Outcome::FoundAll(all)) => all
                .iter()
                .enumerate()
                .try_for_each(|(index, found)| verify(found, index, fields_of(index))),
            (
                _,
                Outcome::Updated(1) | Outcome::Inserted(Bson::ObjectId(_)) | Outcome::InsertedAll,
            ) => Ok(()),
            (_, Outcome::Updated(count)) => fail(format!("an update changed {count} documents")),
            (_, Outcome::Inserted(id)) => fail(format!("insertOne returned the _id {id}")),
        }
    }
}

/// The calls of a scenario, made by all callers. They fail if the outcome is wrong at a glance.
pub struct Calls {
    pub scenario: Scenario,
    pub collection: Collection<Document>,
    fields: Vec<Document>,
    filters: Vec<Document>,
    email: String,
    made: AtomicUsize,
}

impl Calls {
    pub fn new(scenario: Scenario, collection: Collection<Document>) -> Self {
        Self {
            scenario,
            collection,
            fields: (0..scenario.inserts()).map(fields_of).collect(),
            filters: (0..MIXED_SIZE)
                .map(|index| doc! { "_id": id_of(index) })
                .collect(),
            email: email_of(0),
            made: AtomicUsize::new(0),
        }
    }

    pub async fn make(&self) -> Result<Outcome> {
        match self.scenario {
            Scenario::FindOne => self.find_one().await,
            Scenario::InsertOne => self.insert_one().await,
            Scenario::Find(size) => self.find_all(size).await,
            Scenario::Mixed => self.find_or_update().await,
            Scenario::LargeDocument => self.find_large().await,
            Scenario::BulkInsert => self.insert_many().await,
        }
    }

    async fn find(&self, index: usize) -> Result<Document> {
        let found = self
            .collection
            .find_one(self.filters[index].clone())
            .await?;
        found.map_or_else(|| fail(format!("there is no document {index}")), Ok)
    }

    async fn find_one(&self) -> Result<Outcome> {
        let found = self.find(0).await?;
        match found.get_str("email") {
            Ok(email) if email == self.email => Ok(Outcome::Found(found)),
            email => fail(format!("findOne found the email {email:?}")),
        }
    }

    async fn find_large(&self) -> Result<Outcome> {
        let found = self.find(0).await?;
        match found.get_array("orders") {
            Ok(orders) if orders.len() == LARGE_ORDERS => Ok(Outcome::Found(found)),
            _ => fail("the large document has not all of its orders"),
        }
    }

    /// In batches of the size that the driver asks for if nobody says otherwise.
    async fn find_all(&self, size: usize) -> Result<Outcome> {
        let found: Vec<Document> = self.collection.find(doc! {}).await?.try_collect().await?;
        if found.len() != size {
            return fail(format!("find returned {} documents of {size}", found.len()));
        }
        Ok(Outcome::FoundAll(found))
    }

    async fn find_or_update(&self) -> Result<Outcome> {
        let made = self.made.fetch_add(1, Ordering::Relaxed);
        let index = made % MIXED_SIZE;
        if made % 5 < 4 {
            let found = self.find(index).await?;
            found.get_str("email")?;
            return Ok(Outcome::Found(found));
        }
        let update = doc! { "$inc": { "visits": 1 } };
        let updated = self
            .collection
            .update_one(self.filters[index].clone(), update)
            .await?;
        Ok(Outcome::Updated(updated.modified_count))
    }

    async fn insert_one(&self) -> Result<Outcome> {
        Ok(Outcome::Inserted(
            self.collection
                .insert_one(&self.fields[0])
                .await?
                .inserted_id,
        ))
    }

    async fn insert_many(&self) -> Result<Outcome> {
        let inserted = self
            .collection
            .insert_many(&self.fields)
            .await?
            .inserted_ids
            .len();
        if inserted != BULK_SIZE {
            return fail(format!("insertMany inserted {inserted} documents"));
        }
        Ok(Outcome::InsertedAll)
    }
}

/// Fails unless `found` is the document at `index` with these fields, to the last.
fn verify(found: &Document, index: usize, fields: Document) -> Result<()> {
    let expected = with_id(index, fields);
    if *found != expected {
        return fail(format!("found {found}, not {expected}"));
    }
    Ok(())
}

/// The same for a document in which one number has grown.
fn verify_visited(found: &Document) -> Result<()> {
    let index = index_of(found.get_object_id("_id")?);
    let mut fields = fields_of(index);
    let visits = found.get_i32("visits")?;
    if visits < fields.get_i32("visits")? {
        return fail(format!("document {index} has only {visits} visits"));
    }
    fields.insert("visits", visits);
    verify(found, index, fields)
}
