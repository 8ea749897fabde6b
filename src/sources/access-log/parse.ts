/**
 * Apache access logs, one line a request, written when the request has ended (Apache 2.2 and 2.4, mod_log_config):
 *
 *     10.80.0.1 - - [22/Nov/2026:20:36:14 +0000] "GET /drop/x HTTP/1.1" 502 381 "-" "curl/7.88.1"
 *     lb.example:80 10.80.0.1 - - [22/Nov/2026:20:36:14 +0000] "GET / HTTP/1.1" 200 203 "-" "curl/7.88.1"
 *     10.80.0.1 - - [22/Nov/2026:20:38:35 +0000] "-" 408 - "-" "-"
 *     10.80.0.1 - - [22/Nov/2026:20:40:20 +0000] "\x16\x03\x01\x02" 400 266 "-" "-" 139 0 0 - 33 448 "-" 0 -
 *
 *     {"time":"22/Nov/2026:20:36:14 +0000","client":"10.80.0.1","request":"GET / HTTP/1.1","status":200,"us":913}
 *
 * A line is read by the LogFormat that wrote it, where the capture has it; else by the first common one that fits.
 * Times are the request's start; lines stand in the order in which requests ended.
 * https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats
 */
import type { LineParser, MemberContext, Tables } from '../source.ts';
import { compileFormat } from './compile.ts';
import { readLogFormat } from './log-format.ts';
import { GivenFormatParser, RecognisingParser } from './recognise.ts';
import { RequestRow } from './row.ts';

/** Reads an access log by `context.logFormat`, or by recognising its format. */
export function parseAccessLog(context: MemberContext, tables: Tables): LineParser {
  const row = new RequestRow(tables.of('access_log'), context);
  const { logFormat } = context;
  const tokens = logFormat === null ? null : readLogFormat(logFormat);
  const given = tokens === null ? null : compileFormat(tokens, row, false);
  return given === null ? new RecognisingParser(row) : new GivenFormatParser(row, given);
}
