// Command mongo-motor-bench-rival is the official Go driver in the benchmarks. It does what bench/child.ts does: it takes
// requests and gives answers, a line of JSON each, one at a time, and measures itself.
package main

import (
	"encoding/json"
	"os"
	"syscall"
	"time"
)

type request struct {
	Do         string
	URI        string
	Scenario   string
	Collection string
	Callers    int
	// No bound where they are null.
	Seconds *float64
	Calls   *int64
}

// effort holds the processor time of the whole process, user and system.
type effort struct {
	WallMs float64 `json:"wallMs"`
	CPUMs  float64 `json:"cpuMs"`
}

type figures struct {
	effort
	Calls int64   `json:"calls"`
	P50Ms float64 `json:"p50Ms"`
	P99Ms float64 `json:"p99Ms"`
}

type failure struct {
	Error string `json:"error"`
}

func main() {
	started := time.Now()
	requests, answers := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	var rival rival
	say(answers, effort{milliseconds(time.Since(started)), cpuMs()}, nil)
	for { // while a request is obeyed, too: what is read then is the end
		var request request
		if requests.Decode(&request) != nil {
			return // the parent has let go of this process
		}
		go func() {
			answer, err := rival.obey(request)
			say(answers, answer, err)
		}()
	}
}

func say(answers *json.Encoder, answer any, err error) {
	if err != nil {
		answer = failure{err.Error()}
	}
	if answers.Encode(answer) != nil {
		os.Exit(1)
	}
}

func measured(work func() error) (effort, error) {
	started, before := time.Now(), cpuMs()
	err := work()
	return effort{milliseconds(time.Since(started)), cpuMs() - before}, err
}

func cpuMs() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e6
}

func milliseconds(duration time.Duration) float64 {
	return float64(duration) / float64(time.Millisecond)
}
