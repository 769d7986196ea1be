// Decides histories with Porcupine, so that the shop's own checker can be compared with it. It reads the format of docs/history.md from
// the files that are its arguments, and prints for each file whether the answers about its stocks have an order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"

	"github.com/anishathalye/porcupine"
)

type line struct {
	Event     string
	Op        string
	Time      int64
	Do        string
	Stock     string
	Quantity  int64
	Capacity  int64
	Key       string
	Purchase  string
	Available int64
	MaxAge    int64
	GivenBack bool
}

// What an operation says: tickets that it takes or gives back, that it saw, or that were too few.
type step struct {
	kind    string
	tickets int64
}

const never = math.MaxInt64

// The time in which something was done: from the first request to the first answer that it was.
type span struct{ from, to int64 }

func (s *span) widen(from, to int64, done bool) {
	if from < s.from {
		s.from = from
	}
	if done && to < s.to {
		s.to = to
	}
}

func main() {
	for _, file := range os.Args[1:] {
		fmt.Printf("%s %t\n", file, decide(read(file)))
	}
}

func read(file string) []line {
	content, err := os.Open(file)
	if err != nil {
		panic(err)
	}
	defer content.Close()
	var lines []line
	scanner := bufio.NewScanner(content)
	for scanner.Scan() {
		var one line
		if err := json.Unmarshal(scanner.Bytes(), &one); err != nil {
			panic(fmt.Sprintf("%s: %v", file, err))
		}
		lines = append(lines, one)
	}
	return lines
}

func decide(lines []line) bool {
	invoked := map[string]line{}
	answered := map[string]line{}
	var order []string
	capacity := map[string]int64{}
	operations := map[string][]porcupine.Operation{}
	buys := map[string]*span{}
	cancels := map[string]*span{}
	for _, one := range lines {
		switch one.Event {
		case "stock":
			capacity[one.Stock] = one.Capacity
		case "invoke":
			invoked[one.Op] = one
			order = append(order, one.Op)
		case "ok", "sold-out", "fail":
			answered[one.Op] = one
		}
	}
	add := func(stock string, from, to int64, what step) {
		operations[stock] = append(operations[stock],
			porcupine.Operation{ClientId: len(operations[stock]), Input: what, Call: from, Output: nil, Return: to})
	}
	for _, op := range order {
		begin := invoked[op]
		end, known := answered[op]
		done := known && end.Event == "ok"
		from := begin.Time - begin.MaxAge
		switch {
		case begin.Do == "buy":
			spanOf(buys, begin.Key).widen(begin.Time, end.Time, done)
			if known && end.Event == "sold-out" {
				add(begin.Stock, from, end.Time, step{"fewer", begin.Quantity})
			}
		case begin.Do == "cancel":
			spanOf(cancels, begin.Purchase).widen(begin.Time, end.Time, done)
		case begin.Do == "read" && done:
			add(begin.Stock, from, end.Time, step{"saw", end.Available})
		}
	}
	for _, one := range lines {
		if one.Event != "purchase" {
			continue
		}
		bought := spanOf(buys, one.Key)
		add(one.Stock, bought.from, bought.to, step{"change", -one.Quantity})
		if one.GivenBack {
			back := spanOf(cancels, one.Purchase)
			if bought.from > back.from {
				back.from = bought.from
			}
			add(one.Stock, back.from, back.to, step{"change", one.Quantity})
		}
	}
	for stock, some := range operations {
		if !porcupine.CheckOperations(model(capacity[stock]), some) {
			return false
		}
	}
	return true
}

func spanOf(spans map[string]*span, name string) *span {
	if spans[name] == nil {
		spans[name] = &span{never, never}
	}
	return spans[name]
}

func model(capacity int64) porcupine.Model {
	return porcupine.Model{
		Init: func() interface{} { return capacity },
		Step: func(state, input, _ interface{}) (bool, interface{}) {
			left, what := state.(int64), input.(step)
			switch what.kind {
			case "saw":
				return left == what.tickets, left
			case "fewer":
				return left < what.tickets, left
			default:
				return left+what.tickets >= 0, left + what.tickets
			}
		},
	}
}
