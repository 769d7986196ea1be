// A day of a shop in short: what operators, buyers and gates send, right and wrong. It collects every secret and every personal value
// that it sends or receives, because no log line may have one.
'use strict';
const assert = require('node:assert/strict');
const {randomUUID} = require('node:crypto');

class Day {
  constructor(bench, shop, tokens) {
    this.bench = bench;
    this.shop = shop;
    this.tokens = tokens;
    this.secrets = new Map(Object.entries(tokens).map(([what, value]) => [value, what]));
  }

  /** Notes a value that no line may have, and returns it. */
  secret(what, value) {
    assert.ok(typeof value === 'string' && value.length >= 6, `${what} is ${value}`);
    this.secrets.set(value, what);
    return value;
  }

  /** Sends a request; the status must be the expected one, or one of them. */
  async send(status, method, address, {body, token, requestId, headers = {}} = {}) {
    const answer = await fetch(this.shop + address, {
      method,
      headers: {
        ...(body === undefined ? {} : {'Content-Type': 'application/json'}),
        ...(token ? {Authorization: `Bearer ${token}`} : {}),
        ...(requestId ? {'X-Request-Id': requestId} : {}),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok([].concat(status).includes(answer.status), `${method} ${address.split('?')[0]}: ${answer.status} ${text}`);
    return text.startsWith('{') ? JSON.parse(text) : text;
  }

  operator(status, method, address, body, requestId) {
    return this.send(status, method, address, {body, token: this.tokens.operator, requestId});
  }

  async createConcert(requestId) {
    const concert = await this.operator(201, 'POST', '/v1/concerts', {
      title: 'A day in short', artist: 'The Log Lines', venue: 'Loopback', startsAt: '2099-12-31T20:00:00Z',
      ticketTypes: [{name: 'Standing', price: {amount: 4500, currency: 'EUR'}, capacity: 500}],
    }, requestId);
    return concert.id;
  }

  async newestMail(email) {
    const {items} = await this.operator(200, 'GET', `/v1/mails?limit=100&recipient=${encodeURIComponent(email)}`);
    return items.at(-1);
  }

  async newestCode(email) {
    const code = /^([A-Za-z0-9_-]{22})$/m.exec((await this.newestMail(email)).body);
    assert.ok(code, `no code in the mail to ${email}`);
    return this.secret('the code of a mail', code[1]);
  }

  /** Registers, signs in, mistypes, resets and changes; gives the access token. */
  async account(name, requestId) {
    const email = this.secret('an address', `${name}.account@example.com`);
    const password = this.secret('a password', `a quiet lamp of ${name} over nine doors`);
    const next = this.secret('a new password', `another lamp of ${name} over ten doors`);
    await this.send(202, 'POST', '/v1/accounts', {body: {email}});
    const code = await this.newestCode(email);
    await this.send(422, 'POST', '/v1/account-verifications', {body: {code: this.secret('a wrong code', 'AAAAAAAAAAAAAAAAAAAAAA'), password}});
    await this.send(201, 'POST', '/v1/account-verifications', {body: {code, password}, requestId});
    await this.send(401, 'POST', '/v1/sessions', {body: {email, password: this.secret('a wrong password', `the wrong lamp of ${name}`)}});
    await this.send(400, 'POST', '/v1/sessions', {body: `{"email": "${email}", "password": "${password}", broken`});
    await this.send([401, 422], 'POST', '/v1/sessions', {body: {email: this.secret('no address', `${name} at nowhere dot example`), password}});
    const session = await this.send(201, 'POST', '/v1/sessions', {body: {email, password}});
    const token = this.secret('an access token', session.accessToken);
    const refresh = this.secret('a refresh token', session.refreshToken);
    const refreshed = await this.send(200, 'POST', '/v1/sessions/refresh', {body: {refreshToken: refresh}});
    this.secret('an access token', refreshed.accessToken);
    this.secret('a refresh token', refreshed.refreshToken);
    await this.send(401, 'GET', '/v1/accounts/me', {token: this.secret('a wrong token', `${token.slice(0, -6)}AAAAAA`)});
    await this.send(200, 'PATCH', '/v1/accounts/me', {body: {name: this.secret('a name', `Ada ${name} Unlikely`)}, token});
    await this.send(204, 'PUT', '/v1/accounts/me/password', {body: {currentPassword: password, newPassword: next}, token: refreshed.accessToken});
    await this.send(202, 'POST', '/v1/password-resets', {body: {email}});
    await this.newestCode(email);
    const signedIn = await this.send(201, 'POST', '/v1/sessions', {body: {email, password: next}});
    return this.secret('an access token', signedIn.accessToken);
  }

  async purchases(concert, token) {
    for (let number = 0; number < 20; number++) {
      const email = this.secret('an address', `buyer.${number}.of.the.day@example.com`);
      const key = this.secret('an idempotency key', `key-${randomUUID()}`);
      const bought = await this.send(201, 'POST', `/v1/concerts/${concert}/purchases`, {
        body: {email, quantity: 1}, headers: {'Idempotency-Key': key}, token: number === 0 ? token : undefined,
      });
      if (number === 1) {
        await this.operator(200, 'GET', `/v1/purchases?email=${encodeURIComponent(email)}`);
        const tickets = await this.send(200, 'GET', `/v1/purchases/${bought.id}/tickets`);
        await this.scans(concert, tickets.items);
      }
      if (number === 2) {
        await this.send(200, 'POST', `/v1/purchases/${bought.id}/cancellation`);
      }
    }
    const broken = this.secret('an address', 'broken.body.of.the.day@example.com');
    await this.send(400, 'POST', `/v1/concerts/${concert}/purchases`, {body: `{"email": "${broken}", "quantity": }`});
    await this.send(422, 'POST', `/v1/concerts/${concert}/purchases`, {body: {email: broken, quantity: 0}});
    await this.send(422, 'POST', `/v1/concerts/${concert}/purchases`, {body: {email: broken, quantity: 1, card: this.secret('a card', '4242424242424242')}});
    await this.operator(200, 'GET', '/v1/simulation');
    await this.operator(200, 'GET', '/v1/dead-letters');
    await this.send(401, 'GET', '/v1/mails', {token: this.secret('a wrong operator token', `guessed-${randomUUID()}`)});
  }

  /** A gate's own device sends codes of tickets, and a forged one. */
  async scans(concert, tickets) {
    await this.operator(200, 'PUT', '/v1/gates/north', {concertId: concert});
    const codes = tickets.map(({code}) => this.secret('the code of a ticket', code));
    codes.push(this.secret('a forged code', `${codes[0].slice(0, -8)}AAAAAAAA`));
    const scans = codes.map((code, index) => ({
      scanId: randomUUID(), gate: 'north', series: 1, sequence: index + 1, code, scannedAt: new Date().toISOString(), deviceMode: 'online',
    }));
    await this.send(200, 'POST', '/v1/scans', {body: {scans}, token: this.tokens.gate});
  }

  async order(status, concert, paymentToken, {requestId, traceparent} = {}) {
    const email = this.secret('an address', `order.${randomUUID().slice(0, 8)}@example.com`);
    return this.send(status, 'POST', `/v1/concerts/${concert}/orders`, {
      body: {email, quantity: 1, payment: {token: paymentToken}}, requestId, headers: traceparent ? {traceparent} : {},
    });
  }

  /** Orders that are paid, declined, refused, refunded, and not paid. */
  async orders(concert) {
    const paid = await this.order(201, concert, this.secret('the token of a card', 'tok_ok'));
    await this.operator([200, 202], 'POST', `/v1/orders/${paid.id}/refund`);
    await this.order(402, concert, this.secret('the token of a card', 'tok_declined'));
    await this.order(422, concert, this.secret('the token of a card', 'tok_4000000000000002_unknown'));
  }
}

module.exports = {Day};
