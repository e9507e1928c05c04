import { describe, expect, test } from 'vitest';
import { exportedUnit, otelName, prometheusLabel, prometheusName } from '../../../src/simulation/record/metricNames';

describe('metric names', () => {
  test.each([
    ['responseMsP99', 'ms', 'gauge', 'response_p99_seconds', 'response.p99', 's'],
    ['responseMsP999', 'ms', 'gauge', 'response_p999_seconds', 'response.p999', 's'],
    ['responseMs', 'ms', 'histogram', 'response_seconds', 'response', 's'],
    ['abortedAtSeconds', 's', 'gauge', 'aborted_at_seconds', 'aborted.at', 's'],
    ['goodputPerSecond', '/s', 'gauge', 'goodput_per_second', 'goodput.per.second', '1/s'],
    ['utilization', '%', 'gauge', 'utilization_ratio', 'utilization', '1'],
    ['goodShare', '%', 'gauge', 'good_ratio', 'good', '1'],
    ['hitRatio', '%', 'gauge', 'hit_ratio', 'hit', '1'],
    ['attemptsPerRequest', '', 'gauge', 'attempts_per_request', 'attempts.per.request', '1'],
    ['keysPeak', 'keys', 'gauge', 'keys_peak', 'keys.peak', '{keys}'],
    ['requestsRejected', 'requests', 'counter', 'requests_rejected_total', 'requests.rejected', '{requests}'],
    ['requestsTotal', 'requests', 'counter', 'requests_total', 'requests.total', '{requests}'],
    ['sentBytes', 'bytes', 'counter', 'sent_bytes_total', 'sent', 'By'],
    ['queueCount', '', 'gauge', 'queue_count_value', 'queue.count', '1'],
    ['HTTPServerErrors', '', 'counter', 'http_server_errors_total', 'http.server.errors', '1'],
    ['99thMs', 'ms', 'gauge', '_99th_seconds', '99th', 's'],
    ['ms', 'ms', 'gauge', 'ms_seconds', 'ms', 's'],
    ['loadPeak', '×', 'gauge', 'load_peak', 'load.peak', '1'],
  ] as const)('%s in "%s" as a %s is %s and %s', (name, unit, kind, prometheus, otel, ucum) => {
    expect(prometheusName(name, unit, kind)).toBe(prometheus);
    expect([otelName(name, unit), exportedUnit(unit).ucum]).toEqual([otel, ucum]);
  });

  test('get the namespace in front', () => {
    expect(prometheusName('responseMs', 'ms', 'gauge', 'oneServer')).toBe('one_server_response_seconds');
  });

  test('a unit that is no key of the table is a noun, also when it looks like something of JavaScript', () => {
    expect(exportedUnit('constructor')).toMatchObject({ ucum: '{constructor}', factor: 1, suffix: '' });
    expect(exportedUnit('a{b} c').ucum).toBe('{a_b__c}');
  });

  test('of labels are snake_case, and none that Prometheus keeps', () => {
    expect([prometheusLabel('partName'), prometheusLabel('__x'), prometheusLabel('1st')]).toEqual(['part_name', 'x', '_1st']);
    for (const name of ['le', 'quantile', 'LE']) expect(() => prometheusLabel(name)).toThrow(RangeError);
  });

  test('without a letter or digit are refused', () => {
    for (const name of ['', '_', 'é', '::']) expect(() => prometheusName(name, '', 'gauge')).toThrow(/letters a to z or digits/);
  });
});
