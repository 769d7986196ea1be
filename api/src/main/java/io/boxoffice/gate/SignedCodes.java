package io.boxoffice.gate;

import io.boxoffice.gate.code.TicketCodes;
import io.boxoffice.gate.code.format.CodeCheck;
import io.boxoffice.gate.scan.ScannedCode;
import io.boxoffice.gate.state.Reason;

/** Accepts the codes that the shop signed, and no other text. */
final class SignedCodes implements ScannedCode {
  private final TicketCodes codes;

  SignedCodes(TicketCodes codes) {
    this.codes = codes;
  }

  @Override
  public Meaning read(String code) {
    return codes.check(code) instanceof CodeCheck.Genuine genuine
        ? Meaning.ticket(genuine.code().ticketId())
        : Meaning.refused(Reason.FORGED);
  }
}
