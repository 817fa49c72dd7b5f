/** Which log lines a reader wants to see. */

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

/**
 * @param {{service: string, level: string, message: string}} line
 * @param {{service: string, level: string, text: string}} filter service and text empty: any; level:
 *   the least grave to show
 */
export function matches(line, filter) {
  return (
    (!filter.service || line.service === filter.service) &&
    LEVELS.indexOf(line.level) >= LEVELS.indexOf(filter.level) &&
    (!filter.text || line.message.toLowerCase().includes(filter.text.toLowerCase()))
  );
}
