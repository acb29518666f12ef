import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { isAppError } from '@/lib/errors';

/** Names of spans and attributes are bounded: no addresses, no text of repositories, no names of people. */
const TRACER = 'ancient-elder';
/** Where a job's data carries its trace context. */
const CARRIED = 'traceparent';
/** W3C Trace Context, version 00. */
const TRACEPARENT = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

interface SpanOptions {
  attributes?: Attributes;
  kind?: 'consumer' | 'internal' | 'server';
}

const KINDS = { consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL, server: SpanKind.SERVER } as const;

/** Runs as a part of what runs now. What it throws ends the span as failed, told by its code and no words. */
export function inSpan<Value>(
  name: string,
  { attributes = {}, kind = 'internal' }: SpanOptions,
  run: (span: Span) => Promise<Value>,
): Promise<Value> {
  return trace.getTracer(TRACER).startActiveSpan(name, { attributes, kind: KINDS[kind] }, async (span) => {
    try {
      return await run(span);
    } catch (error) {
      failSpan(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A span that is ended by hand, for what runs beside its caller. */
export function startSpan(name: string, attributes: Attributes): Span {
  return trace.getTracer(TRACER).startSpan(name, { attributes });
}

export function failSpan(span: Span, error: unknown): void {
  const code = isAppError(error) ? error.code : 'internal';
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
}

/** Runs as a part of what asked for it, maybe in another process; by itself where nobody did. */
export function continueTrace<Value>(traceparent: string | null, run: () => Promise<Value>): Promise<Value> {
  if (traceparent === null) return run();
  return context.with(propagation.extract(context.active(), { [CARRIED]: traceparent }), run);
}

/** Of what runs now, to be carried along; null where nothing is traced. */
export function currentTraceparent(): string | null {
  const span = trace.getSpanContext(context.active());
  if (!span || !trace.isSpanContextValid(span)) return null;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** Puts a trace context beside the ids of a payload; releases that know none leave it alone. */
export function withTraceparent(payload: unknown, traceparent: string | undefined): unknown {
  if (traceparent === undefined || payload === null || typeof payload !== 'object') return payload;
  return { ...payload, [CARRIED]: traceparent };
}

/** Null where there is none, or none that can be read: a trace is never worth a job. */
export function readTraceparent(data: unknown): string | null {
  if (data === null || typeof data !== 'object' || !(CARRIED in data)) return null;
  const value = data[CARRIED];
  return typeof value === 'string' && TRACEPARENT.test(value) ? value : null;
}

/** For log lines, so that they are found by their trace; empty where nothing is traced. */
export function traceIds(): { traceId?: string; spanId?: string } {
  const span = trace.getSpanContext(context.active());
  return span && trace.isSpanContextValid(span) ? { traceId: span.traceId, spanId: span.spanId } : {};
}
