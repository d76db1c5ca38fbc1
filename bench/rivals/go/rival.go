package main

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

var background = context.Background()

// rival is the driver with the options it comes with: a pool of 100.
type rival struct {
	client     *mongo.Client
	collection *mongo.Collection
	scenario   scenario
	call       call
}

func (rival *rival) obey(request request) (any, error) {
	switch request.Do {
	case "connect":
		if err := rival.close(); err != nil {
			return nil, err
		}
		return measured(func() error { return rival.connect(request) })
	case "run":
		return rival.run(request)
	case "close":
		return measured(rival.close)
	}
	return nil, fmt.Errorf("there is no request '%s'", request.Do)
}

// connect waits for the server, as the drivers in JavaScript do.
func (rival *rival) connect(request request) (err error) {
	var known bool
	if rival.scenario, known = scenarios[request.Scenario]; !known {
		return fmt.Errorf("there is no scenario '%s'", request.Scenario)
	}
	if rival.client, err = mongo.Connect(options.Client().ApplyURI(request.URI)); err != nil {
		return err
	}
	rival.collection = rival.client.Database(databaseName).Collection(request.Collection)
	rival.call = rival.scenario.call(rival.collection)
	return rival.client.Ping(background, nil)
}

func (rival *rival) run(request request) (any, error) {
	before, err := rival.count()
	if err != nil {
		return nil, err
	}
	slice := newSlice(request)
	effort, err := measured(func() error { return slice.runAll(rival.call) })
	if err != nil {
		return nil, err
	}
	if err := rival.check(slice, before); err != nil {
		return nil, err
	}
	percentile := slice.percentiles()
	return figures{effort, slice.count.Load(), percentile(0.5), percentile(0.99)}, nil
}

// check looks at the last result of each caller, and at how many documents the server counts.
func (rival *rival) check(slice *slice, before int64) error {
	for _, result := range slice.last {
		if err := rival.scenario.verify(result); err != nil {
			return err
		}
	}
	after, err := rival.count()
	if expected := rival.scenario.inserts * slice.count.Load(); err == nil && after-before != expected {
		return fmt.Errorf("the server counts %d inserts, %d were made", after-before, expected)
	}
	return err
}

// count asks how many documents the collection holds, where a scenario inserts some.
func (rival *rival) count() (int64, error) {
	if rival.scenario.inserts == 0 {
		return 0, nil
	}
	var reply struct{ N int64 }
	command := bson.D{{Key: "count", Value: rival.collection.Name()}}
	err := rival.collection.Database().RunCommand(background, command).Decode(&reply)
	return reply.N, err
}

func (rival *rival) close() error {
	if rival.client == nil {
		return nil
	}
	client := rival.client
	rival.client = nil
	return client.Disconnect(background)
}
