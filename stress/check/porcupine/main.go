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
	Event      string
	Op         string
	Time       int64
	Do         string
	Stock      string
	Quantity   int64
	Capacity   int64
	Key        string
	Purchase   string
	Available  int64
	MaxAge     int64
	GivenBack  bool
	Expired    bool
	TakenAgain bool
	HeldUntil  int64
}

// What an operation says: tickets that it takes or gives back, that it saw, or that were too few. A change is the one of a number of a
// purchase, and they are done in the order of these numbers. Without an end, it need not be done.
type step struct {
	kind     string
	tickets  int64
	purchase int
	number   int
	ends     bool
}

// The tickets that are left, how many operations with an end are not done, and how many changes of each purchase are.
type state struct {
	left int64
	open int
	done string
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
	backs := map[string]*span{}
	pays := map[string]*span{}
	for _, one := range lines {
		switch one.Event {
		case "stock":
			capacity[one.Stock] = one.Capacity
		case "invoke":
			invoked[one.Op] = one
			order = append(order, one.Op)
		case "ok", "sold-out", "declined", "fail":
			answered[one.Op] = one
		}
	}
	ends := map[string]int{}
	add := func(stock string, from, to int64, what step) {
		if to < never {
			what.ends = true
			ends[stock]++
		}
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
				add(begin.Stock, from, end.Time, step{kind: "fewer", tickets: begin.Quantity})
			}
		case begin.Do == "cancel":
			spanOf(backs, begin.Purchase).widen(begin.Time, end.Time, done)
		case begin.Do == "pay":
			spanOf(pays, begin.Purchase).widen(begin.Time, end.Time, done)
			if declined := known && end.Event == "declined"; declined || !known {
				spanOf(backs, begin.Purchase).widen(begin.Time, end.Time, declined)
			}
		case begin.Do == "read" && done:
			add(begin.Stock, from, end.Time, step{kind: "saw", tickets: end.Available})
		}
	}
	purchases := map[string]int{}
	for _, one := range lines {
		if one.Event != "purchase" {
			continue
		}
		bought := spanOf(buys, one.Key)
		expiry := later(bought.from, one.HeldUntil)
		purchases[one.Stock]++
		number := 0
		change := func(tickets, from, to int64) {
			add(one.Stock, from, to, step{kind: "change", tickets: tickets, purchase: purchases[one.Stock] - 1, number: number})
			number++
		}
		change(-one.Quantity, bought.from, bought.to)
		paid := spanOf(pays, one.Purchase)
		if one.TakenAgain && expiry <= paid.to {
			change(one.Quantity, expiry, never)
			change(-one.Quantity, later(expiry, paid.from), paid.to)
		}
		if one.GivenBack {
			back := spanOf(backs, one.Purchase)
			if one.Expired {
				back.from = earlier(back.from, expiry)
			}
			change(one.Quantity, later(bought.from, back.from), back.to)
		}
	}
	for stock, some := range operations {
		if !porcupine.CheckOperations(model(state{capacity[stock], ends[stock], string(make([]byte, purchases[stock]))}), some) {
			return false
		}
	}
	return true
}

func later(one, other int64) int64 {
	if one > other {
		return one
	}
	return other
}

func earlier(one, other int64) int64 {
	if one < other {
		return one
	}
	return other
}

func spanOf(spans map[string]*span, name string) *span {
	if spans[name] == nil {
		spans[name] = &span{never, never}
	}
	return spans[name]
}

func model(begin state) porcupine.Model {
	return porcupine.Model{
		Init: func() interface{} { return begin },
		Step: func(before, input, _ interface{}) (bool, interface{}) {
			now, what := before.(state), input.(step)
			if now.open == 0 {
				return true, now
			}
			if what.ends {
				now.open--
			}
			switch what.kind {
			case "saw":
				return now.left == what.tickets, now
			case "fewer":
				return now.left < what.tickets, now
			}
			if int(now.done[what.purchase]) != what.number || now.left+what.tickets < 0 {
				return false, now
			}
			done := []byte(now.done)
			done[what.purchase]++
			return true, state{now.left + what.tickets, now.open, string(done)}
		},
	}
}
