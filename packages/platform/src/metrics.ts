import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What a program counts and measures, in the text form that Prometheus reads. */
export interface Metrics {
  counter<Label extends string = never>(name: string, help: string, labels?: readonly Label[]): Counter<Label>;
  /** `collect` is called before each reading, to set the gauge only when somebody looks. */
  gauge<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
    collect?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label>;
  /** Of seconds, unless `buckets` say otherwise. */
  histogram<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
    buckets?: readonly number[],
  ): Histogram<Label>;
  /** All of them now, and the content type to send them with. */
  text(): Promise<{ contentType: string; body: string }>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics of one program, the process's own (memory, CPU, event loop) included. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: labels, registers }),
    gauge: <Label extends string>(
      name: string,
      help: string,
      labels: readonly Label[] = [],
      collect: (gauge: Gauge<Label>) => void | Promise<void> = () => undefined,
    ) => {
      const gauge: Gauge<Label> = new Gauge({
        name,
        help,
        labelNames: labels,
        registers,
        collect: () => collect(gauge),
      });
      return gauge;
    },
    histogram: (name, help, labels = [], buckets = SECONDS) =>
      new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers }),
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
