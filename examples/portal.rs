//! The embedded AWS with an Identity Center of many accounts, for `benches/sync.py`: prints its address and a token,
//! and runs until its standard input ends.

use std::io::{Read as _, Write as _};

use awsprof::aws::world::Clock;
use awsprof::sandbox::Sandbox;
use awsprof::sandbox::cast::{Cast, PortalAccount};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<usize>());
    let (accounts, roles) =
        (numbers.next().ok_or("how many accounts?")??, numbers.next().ok_or("how many roles?")??);
    let account = |number: usize| PortalAccount {
        id: format!("{number:012}"),
        name: format!("Team {number}"),
        roles: (0..roles).map(|role| format!("Role{role}")).collect(),
    };
    let cast = Cast { portal: (1..=accounts).map(account).collect(), ..Cast::demo()? };
    let token = cast.portal_token;
    let sandbox = Sandbox::start(cast, Clock::System)?;
    writeln!(std::io::stdout(), "{} {token}", sandbox.url())?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
