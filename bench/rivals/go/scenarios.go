package main

import (
	"fmt"
	"sync/atomic"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

type scenario struct {
	// call prepares the call, which all callers make.
	call func(collection *mongo.Collection) call
	// verify looks at a result closely.
	verify func(result any) error
	// inserts is the number of documents that a call inserts.
	inserts int64
}

const (
	bulkSize  = 1000
	mixedSize = 1000
)

var scenarios = map[string]scenario{
	"findOne":       {call: findOne, verify: verifyFirst},
	"insertOne":     {call: insertOne, verify: verifyInserted, inserts: 1},
	"find10":        {call: find(10), verify: verifyAll},
	"find1000":      {call: find(1000), verify: verifyAll},
	"find10000":     {call: find(10000), verify: verifyAll},
	"mixed":         {call: findOrUpdate, verify: verifyMixed},
	"largeDocument": {call: findLarge, verify: verifyLarge},
	"bulkInsert":    {call: insertMany, verify: func(any) error { return nil }, inserts: bulkSize},
}

func findOne(collection *mongo.Collection) call {
	filter, expected := filterOf(0), emailOf(0)
	return func() (any, error) {
		document, email, err := findCustomer(collection, filter)
		if err == nil && email != expected {
			err = fmt.Errorf("findOne found the email '%s'", email)
		}
		return document, err
	}
}

// findOrUpdate finds a document, each in turn; of every five calls, the fifth adds one to a number in it instead.
func findOrUpdate(collection *mongo.Collection) call {
	var made atomic.Int64
	update := bson.D{{Key: "$inc", Value: bson.D{{Key: "visits", Value: 1}}}}
	return func() (any, error) {
		call := int(made.Add(1) - 1)
		filter := filterOf(call % mixedSize)
		if call%5 == 4 {
			return collection.UpdateOne(background, filter, update)
		}
		document, _, err := findCustomer(collection, filter)
		return document, err
	}
}

// findCustomer finds a document that has an email.
func findCustomer(collection *mongo.Collection, filter bson.D) (document bson.D, email string, err error) {
	if err = collection.FindOne(background, filter).Decode(&document); err != nil {
		return
	}
	email, ok := valueOf(document, "email").(string)
	if !ok {
		err = fmt.Errorf("findOne found no email")
	}
	return
}

func findLarge(collection *mongo.Collection) call {
	filter := filterOf(0)
	return func() (any, error) {
		var document bson.D
		if err := collection.FindOne(background, filter).Decode(&document); err != nil {
			return nil, err
		}
		if orders, ok := valueOf(document, "orders").(bson.A); !ok || len(orders) != largeOrders {
			return nil, fmt.Errorf("the large document has not all of its orders")
		}
		return document, nil
	}
}

// find finds all documents of a collection, in batches of the size that the driver asks for if nobody says otherwise.
func find(size int) func(*mongo.Collection) call {
	return func(collection *mongo.Collection) call {
		return func() (any, error) {
			cursor, err := collection.Find(background, bson.D{})
			if err != nil {
				return nil, err
			}
			var documents []bson.D
			if err := cursor.All(background, &documents); err != nil {
				return nil, err
			}
			if len(documents) != size {
				return nil, fmt.Errorf("find returned %d documents of %d", len(documents), size)
			}
			return documents, nil
		}
	}
}

func insertOne(collection *mongo.Collection) call {
	fields := fieldsOf(0)
	return func() (any, error) {
		result, err := collection.InsertOne(background, fields)
		if err != nil {
			return nil, err
		}
		return result.InsertedID, nil
	}
}

func insertMany(collection *mongo.Collection) call {
	var documents []bson.D
	for index := range bulkSize {
		documents = append(documents, fieldsOf(index))
	}
	return func() (any, error) {
		result, err := collection.InsertMany(background, documents)
		if err == nil && len(result.InsertedIDs) != bulkSize {
			err = fmt.Errorf("insertMany inserted %d documents", len(result.InsertedIDs))
		}
		return nil, err
	}
}

func filterOf(index int) bson.D {
	return bson.D{{Key: "_id", Value: idOf(index)}}
}

func valueOf(document bson.D, key string) any {
	for _, element := range document {
		if element.Key == key {
			return element.Value
		}
	}
	return nil
}
