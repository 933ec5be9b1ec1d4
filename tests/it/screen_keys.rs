//! What keys lead to: the driver presses them, the effects and the model answer.
