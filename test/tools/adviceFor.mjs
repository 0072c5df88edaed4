const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i;

/**
 * What a person can do about a failed installation step.
 * @param {string} output what npm printed
 */
export function adviceFor(output) {
	if (/ENOSPC|no space left/i.test(output)) {
		return 'The disk is full. The test host needs about 3 GB; set XDG_CACHE_HOME to have it elsewhere.';
	}
	if (UNREACHABLE.test(output)) {
		const host = nativeModuleHost(output);
		return host
			? `${host} cannot be reached: a native module is fetched or compiled with files from there. Check the network and the proxy, then try again; where Node's headers are on this machine, npm finds them by: npm config set nodedir=<folder of Node>`
			: 'The npm registry cannot be reached (see: npm config get registry). Check the network and the proxy, then try again.';
	}
	if (/E404|ETARGET|notarget/i.test(output)) {
		return 'The npm registry lacks one of the packages (see: npm config get registry). Use a complete registry.';
	}
	if (/gyp ERR|node-gyp/i.test(output)) {
		return 'A native module did not compile. It needs Python 3, make and a C++ compiler (Debian: apt-get install python3 make g++).';
	}
	return 'The end of its output is above.';
}

/** Native modules bring prebuilt files from github.com, and node-gyp takes Node's headers from nodejs.org. */
function nativeModuleHost(output) {
	return /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|request to https?:\/\/)[^\n]*?\b((?:[\w-]+\.)*(?:nodejs\.org|github\.com|githubusercontent\.com))\b/i.exec(
		output,
	)?.[1];
}
