//! The code: shown here, confirmed anywhere, asked about until then.

use jiff::SignedDuration;

use super::{Class, Failure, Going, Issued, Registering, Registration, Stage, Step, oidc};
use crate::net::oidc::{Device, Polled};

/// What `slow_down` adds to the pause (RFC 8628, 3.5).
const SLOWER: SignedDuration = SignedDuration::from_secs(5);

pub(super) async fn sign_in(
    going: &Going<'_>,
    told: &mut (dyn FnMut(Step) + Send),
) -> Result<(Registration, Issued), Failure> {
    let name = going.client_name();
    let place = going.place;
    let registration =
        going.registration(&Registering::device(&name, &place.scopes, &place.start_url), told).await?;
    let (client, start_url) = (&going.client, &place.start_url);
    let mut observer = |stage| told(Step::Stage(Stage::Net(stage)));
    let device =
        oidc::start_device(client, &going.oidc, &registration, start_url, &mut observer).await?.value;
    told(Step::Device {
        code: device.user_code.clone(),
        url: device.verification_uri.clone(),
        complete: device.verification_uri_complete.clone(),
        expires_at: device.expires_at,
    });
    let issued = confirmed(going, &registration, &device, told).await?;
    Ok((registration, issued))
}

async fn confirmed(
    going: &Going<'_>,
    registration: &Registration,
    device: &Device,
    told: &mut (dyn FnMut(Step) + Send),
) -> Result<Issued, Failure> {
    let mut pause = device.interval;
    while going.client.now() < device.expires_at {
        tokio::time::sleep(pause.unsigned_abs()).await;
        let mut observer = |stage| told(Step::Stage(Stage::Net(stage)));
        let asked =
            oidc::by_device(&going.client, &going.oidc, registration, &device.device_code, &mut observer);
        match asked.await?.value {
            Polled::Issued(issued) => return Ok(issued),
            Polled::Pending => {}
            Polled::SlowDown => pause = pause.saturating_add(SLOWER),
        }
    }
    let message = "nobody confirmed the code in time";
    Err(Failure::new(Class::Refused, "expired_token", message).hint("sign in again; nothing was written"))
}
