package dev.parigot.web.api;

import dev.parigot.account.Account;
import dev.parigot.account.Accounts;
import dev.parigot.web.security.Passwords;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Accounts")
class AccountsController {
  @Schema(name = "SignUp")
  record SignUp(
      @NotBlank @Schema(example = "ada@example.org") String email,
      @NotNull @Schema(example = "correct horse battery", minLength = 8) String password,
      @NotBlank @Schema(example = "Ada") String name) {}

  @Schema(name = "Account")
  record Told(
      @Schema(example = "ada@example.org") String email,
      @Schema(example = "Ada") String name,
      Instant createdAt) {}

  @Schema(name = "PasswordChange")
  record PasswordChange(
      @NotNull @Schema(example = "correct horse battery") String old,
      @NotNull
          @Schema(name = "new", example = "staple battery horse", minLength = 8)
          @com.fasterxml.jackson.annotation.JsonProperty("new")
          String wanted) {}

  private final Accounts accounts;
  private final Passwords passwords;

  AccountsController(Accounts accounts, Passwords passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @SecurityRequirements
  @Operation(
      summary = "Sign up",
      description =
          "Needs no account. The platform can be closed to strangers: 403. Too many from one address: 429.")
  Told signUp(@Valid @RequestBody SignUp signUp, HttpServletRequest request) {
    Account made =
        accounts.signUp(signUp.email(), signUp.password(), signUp.name(), request.getRemoteAddr());
    return new Told(made.email(), made.name(), made.createdAt());
  }

  @PutMapping("/me/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Change the password",
      description =
          "Sessions in browsers end, and remembered logins are forgotten; access tokens stay.")
  void changePassword(
      @Valid @RequestBody PasswordChange change,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request) {
    passwords.change(who.account(), change.old(), change.wanted(), request.getRemoteAddr(), "");
  }
}
