package dev.parigot.wind;

/** A wound module, and the map that leads back to what it was made of. */
public record Wound(byte[] module, WindMap map) {}
