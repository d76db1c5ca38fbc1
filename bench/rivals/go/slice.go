package main

import (
	"errors"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// call makes one call of a scenario. It fails if the result is wrong at a glance.
type call func() (any, error)

// slice is a number of callers, goroutines, each making its next call when its last has ended.
type slice struct {
	count     atomic.Int64
	calls     int64
	end       time.Time
	bounded   bool
	latencies [][]float64 // of each caller, in milliseconds
	last      []any       // the last result of each caller that made a call
	lock      sync.Mutex
	failures  []error
}

func newSlice(request request) *slice {
	slice := &slice{calls: math.MaxInt64, latencies: make([][]float64, request.Callers)}
	if request.Calls != nil {
		slice.calls = *request.Calls
	}
	if request.Seconds != nil {
		slice.bounded = true
		slice.end = time.Now().Add(time.Duration(*request.Seconds * float64(time.Second)))
	}
	return slice
}

func (slice *slice) isOpen(now time.Time) bool {
	return (!slice.bounded || now.Before(slice.end)) && slice.count.Load() < slice.calls
}

func (slice *slice) runAll(call call) error {
	var callers sync.WaitGroup
	for caller := range slice.latencies {
		callers.Go(func() { slice.run(caller, call) })
	}
	callers.Wait()
	return errors.Join(slice.failures...)
}

func (slice *slice) run(caller int, call call) {
	var result any
	var err error
	latencies := make([]float64, 0, 1024)
	for now := time.Now(); err == nil && slice.isOpen(now); {
		result, err = call()
		ended := time.Now()
		latencies = append(latencies, milliseconds(ended.Sub(now)))
		slice.count.Add(1)
		now = ended
	}
	slice.keep(caller, latencies, result, err)
}

func (slice *slice) keep(caller int, latencies []float64, result any, err error) {
	slice.lock.Lock()
	defer slice.lock.Unlock()
	slice.latencies[caller] = latencies
	if err != nil {
		slice.failures = append(slice.failures, err)
	} else if len(latencies) > 0 {
		slice.last = append(slice.last, result)
	}
}

// percentiles gives, for a share of all calls, the latency that this share did not exceed.
func (slice *slice) percentiles() func(share float64) float64 {
	sorted := slices.Concat(slice.latencies...)
	slices.Sort(sorted)
	return func(share float64) float64 {
		if len(sorted) == 0 {
			return 0
		}
		return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
	}
}
