import { useText } from '../../i18n/language-context.tsx';
import { CodeTabs } from '../../ui/code-block.tsx';
import type { Sample } from '../../ui/code-block.tsx';

/** How a receiver tells a post of the box from a forged one, by the raw body and the header `X-Webhook-Signature`. */
export const signatureSamples: readonly Sample[] = [
  {
    name: 'Node.js',
    code: `import { createHmac, timingSafeEqual } from 'node:crypto';

export function isGenuine(header, rawBody, secret) {
  const [time, ...signatures] = header.split(',');
  const seconds = time.replace('t=', '');
  if (!(Math.abs(Date.now() / 1000 - seconds) <= 300)) return false;
  const wanted = createHmac('sha256', secret)
    .update(\`\${seconds}.\`).update(rawBody).digest('hex');
  return signatures.some((given) => {
    const [a, b] = [Buffer.from(given), Buffer.from(\`v1=\${wanted}\`)];
    return a.length === b.length && timingSafeEqual(a, b);
  });
}`,
  },
  {
    name: 'Python',
    code: `import hashlib, hmac, time

def is_genuine(header: str, raw_body: bytes, secret: str) -> bool:
    first, *signatures = header.split(",")
    seconds = first.removeprefix("t=")
    if not seconds.isdecimal() or abs(time.time() - int(seconds)) > 300:
        return False
    wanted = "v1=" + hmac.new(
        secret.encode(), seconds.encode() + b"." + raw_body, hashlib.sha256
    ).hexdigest()
    return any(hmac.compare_digest(given.encode(), wanted.encode()) for given in signatures)`,
  },
  {
    name: 'PHP',
    code: `function isGenuine(string $header, string $rawBody, string $secret): bool
{
    $signatures = explode(',', $header);
    $seconds = substr(array_shift($signatures), 2);
    if (!ctype_digit($seconds) || abs(time() - (int) $seconds) > 300) {
        return false;
    }
    $wanted = 'v1=' . hash_hmac('sha256', "{$seconds}.{$rawBody}", $secret);
    foreach ($signatures as $given) {
        if (hash_equals($wanted, $given)) {
            return true;
        }
    }
    return false;
}`,
  },
  {
    name: 'Go',
    code: `func IsGenuine(header string, rawBody []byte, secret string) bool {
	parts := strings.Split(header, ",")
	seconds := strings.TrimPrefix(parts[0], "t=")
	sent, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || math.Abs(float64(time.Now().Unix()-sent)) > 300 {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(seconds + "."))
	mac.Write(rawBody)
	wanted := "v1=" + hex.EncodeToString(mac.Sum(nil))
	for _, given := range parts[1:] {
		if hmac.Equal([]byte(given), []byte(wanted)) {
			return true
		}
	}
	return false
}`,
  },
];

export function SignatureSamples() {
  const t = useText();
  return <CodeTabs label={t('webhooks.check')} samples={signatureSamples} />;
}
