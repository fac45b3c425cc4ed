/**
 * One request, with Node's own client on connections that are kept: resolves to 1 when the server has said "ok", else to 0.
 *
 * `fetch` would take half as long again, and what it does to the loop's lag would hide what the rivals do.
 */
import { Agent, get } from "node:http";

const agent = new Agent({ keepAlive: true });

export function getOk(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (body += part));
      response.on("end", () => {
        resolve(body === "ok" ? 1 : 0);
      });
    });
    request.on("error", reject);
  });
}
