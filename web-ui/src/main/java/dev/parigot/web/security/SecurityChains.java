package dev.parigot.web.security;

import com.vaadin.flow.spring.security.RequestUtil;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.parigot.account.AccessTokens;
import dev.parigot.account.Account;
import dev.parigot.account.Accounts;
import dev.parigot.problem.Problem;
import dev.parigot.web.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenBasedRememberMeServices;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** One chain for each way in: REST, git, operations, and the console. */
@Configuration(proxyBeanMethods = false)
class SecurityChains {
  /** Vaadin starts its client with an inline script and evaluates what the server sends it. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
          + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
          + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

  private static final String TOKENS = "/api/v1/tokens";
  private static final int REMEMBERED_SECONDS = 30 * 24 * 60 * 60;

  @Bean
  @Order(1)
  SecurityFilterChain api(
      HttpSecurity http, Accounts accounts, AccessTokens tokens, ProblemWriter problems) {
    CredentialsFilter.Proof proof =
        (request, credentials) ->
            switch (credentials) {
              case Credentials.Basic basic when makesToken(request) ->
                  byPassword(accounts, request, basic, false);
              case Credentials.Bearer bearer when !makesToken(request) ->
                  tokens.authenticate(bearer.token());
              default -> Optional.empty();
            };
    AuthenticationEntryPoint refusal =
        (request, response, e) -> {
          boolean basic = makesToken(request);
          response.setHeader(
              "WWW-Authenticate", (basic ? "Basic" : "Bearer") + " realm=\"Parigot\"");
          problems.json(response, unauthenticated(basic));
        };
    return stateless(http.securityMatcher("/api/**"), new CredentialsFilter(proof, problems::json))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/v1/accounts")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/api/v1/openapi.json")
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(handling -> handling.authenticationEntryPoint(refusal))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain git(HttpSecurity http, Accounts accounts) {
    CredentialsFilter.Proof proof =
        (request, credentials) ->
            credentials instanceof Credentials.Basic basic
                ? byPassword(accounts, request, basic, true)
                : Optional.empty();
    AuthenticationEntryPoint refusal =
        (request, response, e) -> {
          response.setHeader("WWW-Authenticate", "Basic realm=\"Parigot\", charset=\"UTF-8\"");
          ProblemWriter.text(
              response,
              Problem.user(
                  401,
                  "unauthenticated",
                  "Sign in with your e-mail, and your password or an access token.",
                  ""));
        };
    return stateless(
            http.securityMatcher("/git/**"), new CredentialsFilter(proof, ProblemWriter::text))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(handling -> handling.authenticationEntryPoint(refusal))
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain operations(HttpSecurity http) {
    return http.securityMatcher("/health", "/download/**")
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain console(
      HttpSecurity http,
      RequestUtil vaadinRequests,
      Accounts accounts,
      UserDetailsService rememberedAccounts,
      PersistentTokenRepository rememberedLogins) {
    // Only proves to this process that a remembered login was its own.
    String key = UUID.randomUUID().toString();
    var rememberMe =
        new PersistentTokenBasedRememberMeServices(key, rememberedAccounts, rememberedLogins);
    rememberMe.setTokenValiditySeconds(REMEMBERED_SECONDS);
    rememberMe.setCookieName("parigot_remembered");
    return http.with(
            VaadinSecurityConfigurer.vaadin(),
            vaadin ->
                vaadin
                    .loginView("/login")
                    // Vaadin's would leave the login form out.
                    .enableCsrfConfiguration(false)
                    .anyRequest(other -> other.authenticated()))
        .csrf(csrf -> csrf.ignoringRequestMatchers(vaadinRequests::isFrameworkInternalRequest))
        .authenticationProvider(new PasswordLogin(accounts))
        .formLogin(form ->
            form.failureHandler((request, response, e) ->
                response.sendRedirect(
                    e instanceof PasswordLogin.Throttled ? "/login?throttled" : "/login?error")))
        .exceptionHandling(handling ->
            handling.defaultAccessDeniedHandlerFor(
                // A login page that outlived its session: a new one has a token that counts.
                (request, response, e) -> response.sendRedirect("/login?expired"),
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/login")))
        .rememberMe(remember -> remember.rememberMeServices(rememberMe).key(key))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/console/*.css", "/console/*.js")
                .permitAll())
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(frames -> frames.deny())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .withObjectPostProcessor(new EagerHeaders()))
        .build();
  }

  /** Vaadin's responses are committed past the filter's wrapper, without headers written late. */
  private static final class EagerHeaders implements ObjectPostProcessor<HeaderWriterFilter> {
    @Override
    public <F extends HeaderWriterFilter> F postProcess(F filter) {
      filter.setShouldWriteHeadersEagerly(true);
      return filter;
    }
  }

  /** The accounts whose logins are remembered; never used to compare a password. */
  @Bean
  UserDetailsService rememberedAccounts(Accounts accounts) {
    return email ->
        accounts
            .byEmail(email)
            .map(SignedIn::new)
            .orElseThrow(() -> new UsernameNotFoundException("no account of that e-mail"));
  }

  @Bean
  PersistentTokenRepository rememberedLogins(DataSource database) {
    var repository = new JdbcTokenRepositoryImpl();
    repository.setDataSource(database);
    return repository;
  }

  private static HttpSecurity stateless(HttpSecurity http, CredentialsFilter credentials) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(credentials, BasicAuthenticationFilter.class);
  }

  private static boolean makesToken(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getRequestURI().equals(TOKENS);
  }

  private static Optional<Account> byPassword(
      Accounts accounts,
      HttpServletRequest request,
      Credentials.Basic basic,
      boolean tokenAllowed) {
    return accounts.authenticate(
        basic.user(), basic.secret(), request.getRemoteAddr(), tokenAllowed);
  }

  private static Problem unauthenticated(boolean basic) {
    return Problem.user(
        401,
        "unauthenticated",
        basic
            ? "A token is made with your e-mail and password (basic authentication)."
            : "This needs a valid access token.",
        basic
            ? "Send your e-mail and password in the Authorization header."
            : "Make a token in the console or by POST /api/v1/tokens, and send it as Authorization: Bearer <token>.");
  }
}
