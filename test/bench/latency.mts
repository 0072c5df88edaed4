/**
 * How long vendors let n8n wait for an answer, milliseconds; simulators answer at once. A PBX stands in the same network
 * as n8n, Zoho's data centre does not: what counts is that requests to it are by far the longer wait, so that the
 * number of requests on a call's way shows in the figures. Assumed and held still, not measured at a vendor.
 */
export const PBX_LATENCY_MS = 20;
export const ZOHO_LATENCY_MS = 150;
