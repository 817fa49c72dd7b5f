package dev.parigot.gateway;

import java.util.stream.Collectors;

/** The types of {@code client.js} for one app: what its public services are called. */
public final class ClientTypes {
  private ClientTypes() {}

  /** A declaration file for TypeScript, and for editors that know it. */
  public static String of(Routes routes) {
    return """
    // The types of /_parigot/client.js for this app, written by Parigot.

    /** What went wrong: the HTTP status (0 if there was no answer), the app's own code, and a text for people. */
    export class ParigotError extends Error {
      readonly status: number;
      readonly code: number;
    }

    /** How one call is made. */
    export interface CallOptions {
      signal?: AbortSignal;
      /** In milliseconds; 10,000 unless it says otherwise. */
      timeout?: number;
      /** How often it is tried again where it was surely not begun; 3 unless it says otherwise. */
      retries?: number;
    }

    /** A method of a service: takes what JSON can say, and answers that. */
    export type Method = (request?: unknown, options?: CallOptions) => Promise<any>;

    /** The public services of this app. */
    export interface Services {
    %s}

    export function service<Name extends keyof Services>(name: Name): Services[Name];

    /** One message of a channel: what its JSON says, else its text, else its bytes. */
    export interface Message {
      id: string;
      data: any;
      text: string;
    }

    export interface ListenOptions {
      signal?: AbortSignal;
      /** Told whenever the connection comes or goes. */
      onState?: (state: 'open' | 'waiting' | 'closed') => void;
      /** Told when nobody may listen to it any more. */
      onError?: (error: ParigotError) => void;
    }

    export interface Channel {
      /** Calls back with each message until the function that it answers is called. */
      listen(told: (data: any, message: Message) => void, options?: ListenOptions): () => void;
    }

    export function channel(name: string): Channel;
    """
        .formatted(routes.services().map(ClientTypes::service).collect(Collectors.joining()));
  }

  private static String service(Routes.Service service) {
    String methods =
        service.methods().stream()
            .map(method -> quoted(method) + ": Method")
            .collect(Collectors.joining("; "));
    return methods.isEmpty() ? "" : "  " + service.name() + ": { " + methods + " };\n";
  }

  /** A plain module's exports may be called anything. */
  private static String quoted(String method) {
    return method.matches("[A-Za-z_$][A-Za-z0-9_$]*")
        ? method
        : "\"" + method.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
