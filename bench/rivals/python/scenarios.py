"""The calls of the scenarios. Each checks its result at a glance; verify() looks at one closely."""

from itertools import count

from bson import ObjectId

from documents import LARGE_ORDERS, email_of, fields_of, id_of, index_of, large_fields

BULK_SIZE = 1000
MIXED_SIZE = 1000


class Wrong(Exception):
    """The server or the driver gave something else than what was stored."""


def expect(condition, message):
    if not condition:
        raise Wrong(message)


def expect_document(found, index, fields):
    expect(found == {"_id": id_of(index), **fields}, f"found {found!r:.2000}, not the document {index}")


class FindOne:
    inserts = 0

    def __init__(self, collection):
        self.collection = collection
        self.filter = {"_id": id_of(0)}
        self.email = email_of(0)

    async def call(self):
        found = await self.collection.find_one(self.filter)
        expect(found and found["email"] == self.email, f"find_one found {found}")
        return found

    def verify(self, found):
        expect_document(found, 0, fields_of(0))


class LargeDocument(FindOne):
    async def call(self):
        found = await self.collection.find_one(self.filter)
        expect(found and len(found["orders"]) == LARGE_ORDERS, "the large document has not all of its orders")
        return found

    def verify(self, found):
        expect_document(found, 0, large_fields())


class Find:
    """All documents, in batches of the size that the driver asks for if nobody says otherwise."""

    inserts = 0

    def __init__(self, collection, size):
        self.collection = collection
        self.size = size

    async def call(self):
        found = await self.collection.find({}).to_list(None)
        expect(len(found) == self.size, f"find returned {len(found)} documents of {self.size}")
        return found

    def verify(self, found):
        for index, document in enumerate(found):
            expect_document(document, index, fields_of(index))


class Mixed:
    """A document, each in turn; of every five calls, the fifth adds one to a number in it instead."""

    inserts = 0

    def __init__(self, collection):
        self.collection = collection
        self.filters = [{"_id": id_of(index)} for index in range(MIXED_SIZE)]
        self.calls = count()

    async def call(self):
        call = next(self.calls)
        chosen = self.filters[call % MIXED_SIZE]
        if call % 5 == 4:
            return await self.collection.update_one(chosen, {"$inc": {"visits": 1}})
        found = await self.collection.find_one(chosen)
        expect(found and "email" in found, f"find_one found {found}")
        return found

    def verify(self, result):
        if not isinstance(result, dict):
            return expect(result.modified_count == 1, "an update changed no document")
        index = index_of(result["_id"])
        fields = fields_of(index)
        expect(result["visits"] >= fields["visits"], f"document {index} has only {result['visits']} visits")
        expect_document(result, index, {**fields, "visits": result["visits"]})


class InsertOne:
    inserts = 1

    def __init__(self, collection):
        self.collection = collection
        self.fields = fields_of(0)

    async def call(self):
        return (await self.collection.insert_one({**self.fields})).inserted_id

    def verify(self, inserted_id):
        expect(isinstance(inserted_id, ObjectId), f"insert_one returned the _id {inserted_id}")


class BulkInsert:
    inserts = BULK_SIZE

    def __init__(self, collection):
        self.collection = collection
        self.fields = [fields_of(index) for index in range(BULK_SIZE)]

    async def call(self):
        result = await self.collection.insert_many([{**fields} for fields in self.fields])
        return result.inserted_ids

    def verify(self, inserted_ids):
        expect(len(inserted_ids) == BULK_SIZE, f"insert_many inserted {len(inserted_ids)} documents")


SCENARIOS = {
    "findOne": FindOne,
    "insertOne": InsertOne,
    "find10": lambda collection: Find(collection, 10),
    "find1000": lambda collection: Find(collection, 1000),
    "find10000": lambda collection: Find(collection, 10000),
    "mixed": Mixed,
    "largeDocument": LargeDocument,
    "bulkInsert": BulkInsert,
}
