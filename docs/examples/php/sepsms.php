<?php
// Sends messages and one-time codes through a SEPSMS Box. PHP 8.1 or newer, no extensions.
//
//   export SEPSMS_URL=http://127.0.0.1:8580/api/v2 SEPSMS_KEY=sk_sep_...
//   php sepsms.php send 66812345678 "Hello"     php sepsms.php balance
//   php sepsms.php status UUID                  php sepsms.php otp 66812345678
declare(strict_types=1);

/** A refusal of the box: programs read $reason, people the message. */
final class SepsmsError extends Exception
{
    public function __construct(public readonly int $status, public readonly string $reason, string $message)
    {
        parent::__construct($message);
    }
}

/** Calls the box and returns its result. Tries again while the box is away, busy, or says to wait. */
function call(string $method, string $path, ?array $body = null, array $headers = []): array
{
    $headers[] = 'X-API-Key: ' . getenv('SEPSMS_KEY');
    $headers[] = 'Content-Type: application/json';
    $http = ['method' => $method, 'header' => $headers, 'timeout' => 30, 'ignore_errors' => true];
    if ($body !== null) {
        $http['content'] = json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
    }
    for ($tries = 1; ; $tries++) {
        $stream = @fopen(getenv('SEPSMS_URL') . $path, 'r', false, stream_context_create(['http' => $http]));
        if ($stream === false) {
            if ($tries === 3) {
                throw new SepsmsError(0, 'unreachable', 'The box does not answer.');
            }
            sleep($tries);
            continue;
        }
        $told = stream_get_meta_data($stream)['wrapper_data'];
        $answer = json_decode((string) stream_get_contents($stream), true, 64, JSON_THROW_ON_ERROR);
        $status = (int) explode(' ', $told[0])[1];
        if ($status === 200) {
            return $answer['result'];
        }
        $later = preg_grep('/^Retry-After:/i', $told);
        $wait = $later ? (int) trim(substr(reset($later), 12)) : ($status === 503 ? $tries : 0);
        if ($wait === 0 || $tries === 3) {
            throw new SepsmsError($status, $answer['error']['code'], $answer['error']['message']);
        }
        sleep($wait);
    }
}

/** The same Idempotency-Key at every try: a retry never becomes a second message. */
function once(): array
{
    return ['Idempotency-Key: ' . bin2hex(random_bytes(16))];
}

function origin(): string
{
    return getenv('SEPSMS_ORIGIN') ?: 'SEPSMS';
}

function sendMessage(array $recipients, string $message): array
{
    return call('POST', '/message/send', ['origin' => origin(), 'recipients' => $recipients, 'message' => $message], once());
}

function otp(string $number): array
{
    $sent = call('POST', '/otp/send', ['destination' => $number, 'origin' => origin()], once());
    echo "Reference {$sent['reference']}\nCode: ";
    $pin = trim((string) fgets(STDIN));
    return call('POST', '/otp/verify', ['reference' => $sent['reference'], 'pin' => $pin]);
}

$name = $argv[1] ?? '';
try {
    $result = match ($name) {
        'send' => sendMessage([$argv[2]], $argv[3]),
        'status' => call('GET', '/message/' . rawurlencode($argv[2])),
        'balance' => call('GET', '/message/credit/balance'),
        'otp' => otp($argv[2]),
    };
    echo json_encode($result, JSON_UNESCAPED_UNICODE), "\n";
} catch (SepsmsError $error) {
    fwrite(STDERR, "{$error->reason}: {$error->getMessage()}\n");
    exit(1);
}
