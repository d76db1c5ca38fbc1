"""The documents of bench/documents.ts."""

from datetime import datetime, timedelta

from bson import ObjectId

DATABASE_NAME = "mongo_motor_bench"
LARGE_ORDERS = 1500
WORDS = "The quick brown fox jumps over the lazy dog; späte Füchse zögern. "


def id_of(index):
    return ObjectId(f"66f0a1b2{index:016x}")


def index_of(_id):
    return int.from_bytes(_id.binary[8:], "big")


def email_of(index):
    return f"customer.{index}@example.com"


def fields_of(index):
    """The fields of the document at index, but for _id."""
    return {
        "name": f"Customer number {index}",
        "email": email_of(index),
        "age": 18 + index % 70,
        "active": index % 3 != 0,
        "balance": 1024.25 + index,
        "createdAt": datetime(1970, 1, 1) + timedelta(milliseconds=1700000000000 + index * 60000),
        "tags": ["newsletter", "early-access", "priority"],
        "address": {"street": f"{index} Long Acre", "city": "London", "postcode": "WC2E 9LH"},
        "visits": index * 7,
        "referredBy": None,
    }


def large_fields():
    """The fields of a document of a megabyte."""
    return {
        "title": "An archive of one year",
        "chapters": [{"index": index, "text": WORDS * 20} for index in range(200)],
        "readings": [[row + column / 8 for column in range(50)] for row in range(200)],
        "orders": [fields_of(index) for index in range(LARGE_ORDERS)],
    }
