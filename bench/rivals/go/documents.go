package main

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// The documents of bench/documents.ts.

const databaseName = "mongo_motor_bench"

func idOf(index int) bson.ObjectID {
	id, err := bson.ObjectIDFromHex(fmt.Sprintf("66f0a1b2%016x", index))
	if err != nil {
		panic(err)
	}
	return id
}

func emailOf(index int) string {
	return fmt.Sprintf("customer.%d@example.com", index)
}

// fieldsOf gives the fields of the document at index, but for _id.
func fieldsOf(index int) bson.D {
	return bson.D{
		{Key: "name", Value: fmt.Sprintf("Customer number %d", index)},
		{Key: "email", Value: emailOf(index)},
		{Key: "age", Value: int32(18 + index%70)},
		{Key: "active", Value: index%3 != 0},
		{Key: "balance", Value: 1024.25 + float64(index)},
		{Key: "createdAt", Value: bson.NewDateTimeFromTime(time.UnixMilli(1700000000000 + int64(index)*60000))},
		{Key: "tags", Value: bson.A{"newsletter", "early-access", "priority"}},
		{Key: "address", Value: bson.D{
			{Key: "street", Value: fmt.Sprintf("%d Long Acre", index)},
			{Key: "city", Value: "London"},
			{Key: "postcode", Value: "WC2E 9LH"},
		}},
		{Key: "visits", Value: int32(index * 7)},
		{Key: "referredBy", Value: nil},
	}
}

func withID(index int, fields bson.D) bson.D {
	return append(bson.D{{Key: "_id", Value: idOf(index)}}, fields...)
}

func indexOf(id bson.ObjectID) int {
	return int(binary.BigEndian.Uint32(id[8:]))
}

const largeOrders = 1500
const words = "The quick brown fox jumps over the lazy dog; späte Füchse zögern. "

// largeFields gives the fields of a document of a megabyte.
func largeFields() bson.D {
	var chapters, readings, orders bson.A
	for index := range 200 {
		text := strings.Repeat(words, 20)
		chapters = append(chapters, bson.D{{Key: "index", Value: int32(index)}, {Key: "text", Value: text}})
	}
	for row := range 200 {
		var columns bson.A
		for column := range 50 {
			columns = append(columns, wholeOrNot(row, column))
		}
		readings = append(readings, columns)
	}
	for index := range largeOrders {
		orders = append(orders, fieldsOf(index))
	}
	return bson.D{
		{Key: "title", Value: "An archive of one year"},
		{Key: "chapters", Value: chapters},
		{Key: "readings", Value: readings},
		{Key: "orders", Value: orders},
	}
}

// wholeOrNot gives the number in the type that JavaScript's drivers write it in.
func wholeOrNot(row, column int) any {
	if column%8 == 0 {
		return int32(row + column/8)
	}
	return float64(row) + float64(column)/8
}
