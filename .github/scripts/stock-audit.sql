-- Prints "TYPES WRONG": how many ticket types there are, and for how many of them the stock is wrong. For each ticket type,
-- always: capacity = available + tickets of its CONFIRMED purchases + tickets that its HELD and PAYING orders hold.
SELECT count(*) || ' ' || count(*) FILTER (
  WHERE type.capacity <> type.available + (
    SELECT count(*)
    FROM purchases purchase JOIN tickets ticket ON ticket.purchase_id = purchase.id
    WHERE purchase.ticket_type_id = type.id AND purchase.status = 'CONFIRMED') + (
    SELECT coalesce(sum(held.quantity), 0) FROM orders held
    WHERE held.ticket_type_id = type.id AND held.state IN ('HELD', 'PAYING')))
FROM ticket_types type
