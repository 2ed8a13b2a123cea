<?php
// Takes webhooks from a SEPSMS Box and believes only those that the box has signed. PHP 8.1 or newer, no extensions.
// Put it behind your web server, or try it with the one that PHP has:
//
//   SEPSMS_WEBHOOK_SECRET=whsec_... php -S 127.0.0.1:8000 webhook-receiver.php
declare(strict_types=1);

const MOST_SECONDS = 300;

/** Whether the box has signed these very bytes, not long ago. There are two v1 parts for a day after a rotation. */
function isGenuine(string $header, string $body): bool
{
    $parts = explode(',', $header);
    if (!preg_match('/^t=(\d+)$/', array_shift($parts), $found)) {
        return false;
    }
    if (abs(time() - (int) $found[1]) > MOST_SECONDS) {
        return false;
    }
    $wanted = hash_hmac('sha256', "{$found[1]}.{$body}", (string) getenv('SEPSMS_WEBHOOK_SECRET'));
    foreach ($parts as $part) {
        if (hash_equals("v1={$wanted}", $part)) {
            return true;
        }
    }
    return false;
}

// The signature is over the bytes as they came: check it before the JSON is parsed.
$body = (string) file_get_contents('php://input');
if (!isGenuine($_SERVER['HTTP_X_WEBHOOK_SIGNATURE'] ?? '', $body)) {
    http_response_code(401);
    return;
}

// The box repeats what was not answered in time: remember HTTP_X_WEBHOOK_ID in your database, and drop what you know.
$event = json_decode($body, true, 64, JSON_THROW_ON_ERROR);
file_put_contents('php://stderr', "{$_SERVER['HTTP_X_WEBHOOK_EVENT']} " . json_encode($event) . "\n");

// Answer soon, within 15 seconds; do slow work afterwards.
http_response_code(204);
