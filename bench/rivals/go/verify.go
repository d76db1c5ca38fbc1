package main

import (
	"fmt"
	"reflect"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

func verifyFirst(result any) error {
	return verify(result.(bson.D), 0, fieldsOf(0))
}

func verifyLarge(result any) error {
	return verify(result.(bson.D), 0, largeFields())
}

func verifyAll(result any) error {
	for index, document := range result.([]bson.D) {
		if err := verify(document, index, fieldsOf(index)); err != nil {
			return err
		}
	}
	return nil
}

func verifyInserted(result any) error {
	if id, ok := result.(bson.ObjectID); !ok || id.IsZero() {
		return fmt.Errorf("insertOne returned the _id %v", result)
	}
	return nil
}

// verifyMixed checks an update, or a document in which one number has grown.
func verifyMixed(result any) error {
	if updated, ok := result.(*mongo.UpdateResult); ok {
		if updated.ModifiedCount != 1 {
			return fmt.Errorf("an update changed %d documents", updated.ModifiedCount)
		}
		return nil
	}
	found := result.(bson.D)
	id, _ := valueOf(found, "_id").(bson.ObjectID)
	visits, _ := valueOf(found, "visits").(int32)
	index := indexOf(id)
	fields := fieldsOf(index)
	for at, field := range fields {
		if field.Key == "visits" && field.Value.(int32) <= visits {
			fields[at].Value = visits
		}
	}
	return verify(found, index, fields)
}

// verify fails unless found is the document at index with these fields, to the last.
func verify(found bson.D, index int, fields bson.D) error {
	if expected := withID(index, fields); !reflect.DeepEqual(found, expected) {
		return fmt.Errorf("found %.2000v, not %.2000v", found, expected)
	}
	return nil
}
