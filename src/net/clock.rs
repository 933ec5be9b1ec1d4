//! What time AWS has: one request that needs no keys, for the `Date` that every answer carries.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Method, Url};
use tokio::sync::Notify;

use super::call::Call;
use super::client::Client;
use super::error::{Kind, NetError};
use super::skew;

/// Nobody waits longer for a clock.
const LIMIT: Duration = Duration::from_secs(3);

impl Client {
    /// The time at this endpoint, to the second. Asked once; any answer that does not come out of a cache will do.
    ///
    /// # Errors
    /// No connection, no answer in three seconds, an answer without a time.
    pub async fn server_time(&self, url: Url) -> Result<Timestamp, NetError> {
        let call = Call { total: Some(LIMIT), ..Call::new(Method::GET, url) };
        let sent = std::sync::Arc::new(Notify::new());
        let request = self.request(&call, self.now(), &sent)?;
        let reply = self.once(&call, request, &sent, &mut |_| ()).await.map_err(|lost| lost.error)?;
        skew::server_time(&reply.headers).ok_or_else(|| {
            let host = call.url.host_str().unwrap_or_default();
            NetError::new(Kind::BadReply, format!("{host} does not say what time it is"))
        })
    }
}
