;; out = W x: rows of W times x, four rows and four columns at a time (128-bit SIMD).
;; Both numbers of rows and of columns are multiples of four.
(module
  (import "lab" "memory" (memory 1))
  (func (export "multiply")
    (param $w i32) (param $x i32) (param $out i32) (param $rows i32) (param $bytes i32)
    (local $i i32) (local $q i32) (local $r i32) (local $s i32) (local $end i32) (local $v v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $four_rows
      (local.set $q (i32.add (local.get $w) (local.get $bytes)))
      (local.set $r (i32.add (local.get $q) (local.get $bytes)))
      (local.set $s (i32.add (local.get $r) (local.get $bytes)))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (local.get $a))
      (local.set $c (local.get $a))
      (local.set $d (local.get $a))
      (local.set $i (i32.const 0))
      (loop $four_columns
        (local.set $v (v128.load (i32.add (local.get $x) (local.get $i))))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $v)
          (v128.load (i32.add (local.get $w) (local.get $i))))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $v)
          (v128.load (i32.add (local.get $q) (local.get $i))))))
        (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $v)
          (v128.load (i32.add (local.get $r) (local.get $i))))))
        (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $v)
          (v128.load (i32.add (local.get $s) (local.get $i))))))
        (br_if $four_columns (i32.lt_u
          (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $bytes))))
      ;; The four sums of four lanes each become the four lanes of one vector.
      (local.set $v (f32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
      (local.set $a (f32x4.add
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
      (v128.store (local.get $out) (f32x4.add
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $v) (local.get $a))
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $v) (local.get $a))))
      (local.set $w (i32.add (local.get $s) (local.get $bytes)))
      (br_if $four_rows (i32.lt_u
        (local.tee $out (i32.add (local.get $out) (i32.const 16))) (local.get $end))))))
