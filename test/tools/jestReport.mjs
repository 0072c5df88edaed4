import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts what `jest --json` wrote. A test file that could not be loaded is one failure; a skipped test is neither passed
 * nor failed, and told.
 * @returns {{ passed: number, failed: number, note: string }}
 */
export function readJestReport(file) {
	if (!existsSync(file))
		return { passed: 0, failed: 1, note: 'jest found no test or did not start' };
	const report = JSON.parse(readFileSync(file, 'utf8'));
	const skipped = report.numPendingTests + report.numTodoTests;
	const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
	if (report.numTotalTests === 0 && failed === 0) return { passed: 0, failed: 1, note: 'no tests' };
	return { passed: report.numPassedTests, failed, note: skipped > 0 ? `${skipped} skipped` : '' };
}
