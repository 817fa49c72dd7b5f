## Turns words round, with strings and sequences of Nim's.
import std/[algorithm, strutils]

var calls = 0
var kept: seq[string]

proc nimMain() {.importc: "NimMain".}

proc parigotInitialize() {.exportc: "_initialize", codegenDecl: "__attribute__((export_name(\"_initialize\"))) $# $#$#".} =
  nimMain()

proc parigotAlloc(length: uint32): pointer {.exportc: "parigot_alloc",
    codegenDecl: "__attribute__((export_name(\"parigot_alloc\"))) $# $#$#".} =
  alloc(length)

proc run(at: ptr UncheckedArray[char], length: uint32): uint64 {.exportc: "run",
    codegenDecl: "__attribute__((export_name(\"run\"))) $# $#$#".} =
  var text = newString(length.int)
  for i in 0 ..< length.int: text[i] = at[i]
  var words = text.split(' ')
  words.sort()
  inc calls
  kept.add($calls & " " & words.reversed().join("|"))
  cast[uint64](cast[uint32](addr kept[^1][0])) shl 32 or kept[^1].len.uint64
